package dev.jiggety.agent.enroll;

import dev.jiggety.couch.HubAddress;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.signing.Token;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants who asks to be let in.
 *
 * @param hubs where the hub is, without credentials; several that replicate with each other, the
 *     preferred one first, of which that one is asked
 * @param token what an operator has given
 * @param data the node's data folder
 * @param name what it wants to be called; empty for what the invitation says, or else the machine's
 *     name
 * @param names what the databases are called
 * @param authority PEM file with the authorities that the hub's certificate goes back to, where the
 *     token names none; empty for those of this machine
 */
public record Wishes(
    List<HubAddress> hubs,
    Token token,
    Path data,
    Optional<String> name,
    DatabaseNames names,
    Optional<Path> authority) {

  public Wishes {
    hubs = List.copyOf(hubs);
    if (hubs.isEmpty()) {
      throw new IllegalArgumentException("say where the hub is");
    }
  }

  /** The one that is asked. */
  HubAddress hub() {
    return hubs.getFirst();
  }
}
