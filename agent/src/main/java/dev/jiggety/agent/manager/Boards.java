package dev.jiggety.agent.manager;

import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;

/** What a manager asks of a hub. */
public record Boards(PatchBoard patches, ConfigBoard config, Fleet fleet) {

  /** Makes them for a hub; nothing is sent yet. */
  public interface Factory {
    /**
     * The boards of a hub.
     *
     * @param names what its databases are called
     */
    Boards on(Hub hub, DatabaseNames names);
  }
}
