package dev.jiggety.agent.enroll;

import dev.jiggety.agent.identity.NodeIdentity;
import dev.jiggety.agent.identity.PendingIdentity;
import dev.jiggety.base.PrivateFiles;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.TlsTrust;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Join;
import dev.jiggety.model.rules.EnrolmentRules;
import dev.jiggety.signing.MachinePassword;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A node asks to be let in. Whatever it makes is on its disk before the hub hears of it, so that
 * the same token, given again after a failure or a kill, goes on where it was. For one thread; it
 * blocks, a minute at most without an answer.
 */
public final class Joining {
  private static final String UNUSED = "outbox.db";

  private final Wishes wishes;
  private final InstantSource clock;
  private final Consumer<String> says;

  /**
   * Nothing is done yet.
   *
   * @param says hears of each step, in a line
   */
  public Joining(Wishes wishes, InstantSource clock, Consumer<String> says) {
    this.wishes = wishes;
    this.clock = clock;
    this.says = says;
  }

  /**
   * Asks, waits for the answer, and writes who the node is into its data folder.
   *
   * @throws JoinException when it was not let in
   * @throws dev.jiggety.repository.HubException when the hub does not answer
   * @throws IllegalArgumentException when what stands in the data folder is damaged
   */
  public NodeIdentity join() {
    String invitation = wishes.token().invitation();
    Path data = wishes.data();
    Optional<PendingIdentity> before = PendingIdentity.find(data);
    boolean isOurs = before.map(it -> it.invitation().equals(invitation)).orElse(false);
    if (NodeIdentity.isIn(data)) {
      NodeIdentity known = NodeIdentity.read(data);
      if (isOurs) {
        says.accept("this folder is the node " + known.name() + " by this token already");
        return known;
      }
      throw new JoinException(
          "the folder %s belongs to the node %s; give another one by --data, or remove it when that node is retired"
              .formatted(data, known.name()));
    }
    if (before.isEmpty() && Files.exists(data.resolve(UNUSED))) {
      throw new JoinException(
          "the folder %s holds the data of a node that was not enrolled; give another one by --data"
              .formatted(data));
    }
    try {
      Files.createDirectories(data);
      String authority = authority();
      HubOptions options = options(authority);
      if (isOurs) {
        Optional<NodeIdentity> done = resumed(before.get(), authority, options);
        if (done.isPresent()) {
          return done.get();
        }
      }
      return ask(isOurs ? before : Optional.empty(), authority, options);
    } catch (IOException e) {
      throw new JoinException(
          "cannot write to %s (%s); mend its rights, or give another folder by --data"
              .formatted(data, e.getClass().getSimpleName()),
          e);
    }
  }

  /** The certificates to go by from now on, as text; empty for those of this machine. */
  private String authority() throws IOException {
    Optional<String> pin = wishes.token().certificate();
    if (pin.isPresent()) {
      String pem = HubCheck.pinned(wishes.hub(), HubOptions.DEFAULT, pin.get());
      says.accept("the hub's certificate is the one that the token names");
      return pem;
    }
    if (wishes.authority().isEmpty()) {
      return "";
    }
    Path file = wishes.authority().get();
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new JoinException(
          "cannot read the certificates in %s (--ca, JIGGETY_CA); is the file there, and for this user?"
              .formatted(file),
          e);
    }
  }

  private HubOptions options(String authority) throws IOException {
    if (authority.isEmpty()) {
      return HubOptions.DEFAULT;
    }
    Path file = NodeIdentity.authorityFile(wishes.data());
    PrivateFiles.replace(file, authority);
    return HubOptions.DEFAULT.withTrust(TlsTrust.only(file));
  }

  /** Whether the answer had come, when whoever asked was killed or did not hear it. */
  private Optional<NodeIdentity> resumed(
      PendingIdentity pending, String authority, HubOptions options) throws IOException {
    says.accept("going on as " + pending.name() + ", as before");
    HubAddress address = NodeSide.as(wishes.hub(), pending.name(), pending.password());
    return NodeSide.isLetIn(address, options)
        ? Optional.of(finished(pending, authority))
        : Optional.empty();
  }

  private NodeIdentity ask(Optional<PendingIdentity> before, String authority, HubOptions options)
      throws IOException {
    try (GuestSide guest = GuestSide.open(wishes, options)) {
      Admission standing = guest.standing();
      says.accept(
          "the manager %s answers, with the key that the token names".formatted(standing.by()));
      PendingIdentity pending = before.isPresent() ? before.get() : pending(name(guest), standing);
      pending.write(wishes.data());
      if (standing.state() == Admission.State.OPEN) {
        guest.ask(
            new Join(
                pending.invitation(),
                pending.name(),
                pending.sealing().open(),
                MachinePassword.hash(pending.password()),
                clock.instant().truncatedTo(ChronoUnit.MILLIS)),
            pending);
        says.accept("asked to become the node " + pending.name());
      }
      HubAddress own = NodeSide.as(wishes.hub(), pending.name(), pending.password());
      guest.awaitAnswer(pending, () -> NodeSide.isLetIn(own, options));
      if (!NodeSide.isLetIn(own, options)) {
        throw new JoinException(
            "the node %s was let in, but the hub does not accept its account; give the same command again"
                .formatted(pending.name()));
      }
      return finished(pending, authority);
    }
  }

  private PendingIdentity pending(String name, Admission standing) {
    return new PendingIdentity(
        wishes.token().invitation(),
        name,
        standing.tags(),
        MachinePassword.draw(),
        PendingIdentity.sealingKey(wishes.data()),
        standing.keys());
  }

  private String name(GuestSide guest) {
    String name = wishes.name().or(guest::invitedAs).orElseGet(Joining::machine);
    if (!EnrolmentRules.isNodeName(name)) {
      throw new JoinException(
          "\"%s\" cannot be a node's name; give one by --name: 1 to 64 lower-case letters, digits, dots and hyphens"
              .formatted(name));
    }
    guest
        .taken(name)
        .ifPresent(why -> {
          throw new JoinException(why + " (--name)");
        });
    return name;
  }

  /** The machine's name without its domain, as far as a node can be called so. */
  private static String machine() {
    try {
      String host = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
      return List.of(host.split("\\.")).getFirst().replaceAll("[^a-z0-9-]", "-");
    } catch (UnknownHostException e) {
      return "";
    }
  }

  private NodeIdentity finished(PendingIdentity pending, String authority) throws IOException {
    NodeIdentity identity =
        new NodeIdentity(
            pending.name(),
            pending.tags(),
            wishes.hubs().stream().map(HubAddress::toString).toList(),
            wishes.names(),
            NodeSide.credentials(pending.name(), pending.password()),
            pending.keys(),
            pending.sealing(),
            authority);
    identity.write(wishes.data());
    says.accept("let in as the node " + pending.name() + " with " + tags(pending));
    return identity;
  }

  private static String tags(PendingIdentity pending) {
    return pending.tags().isEmpty() ? "no tags" : "the tags " + String.join(", ", pending.tags());
  }
}
