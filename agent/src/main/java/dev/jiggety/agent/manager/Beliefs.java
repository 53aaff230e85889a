package dev.jiggety.agent.manager;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.Heads;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Trust;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose heads a manager believes, and that none older than the last one comes back. The keys on the
 * hub do not count for that: whoever can write a head there can write keys as well. For one thread.
 */
final class Beliefs {
  private static final System.Logger LOG = System.getLogger(PatchManager.class.getName());

  /** So long a hub that was gone over to may take to get the newest head from the other one. */
  private static final Duration HANDED_ON = Duration.ofSeconds(5);

  /** Nodes may have seen a few heads more than were kept by a manager that was killed. */
  private static final int UNSEEN = 10;

  private final Memory memory;
  private final TrustedKey own;
  private final List<TrustedKey> trusted;
  private final long accepted;
  private String hub = "";
  private Instant since = Instant.EPOCH;
  private Instant now = Instant.EPOCH;

  /**
   * @param trusted whom people have named: operators and managers
   * @param accepted the version of a head that is taken although it is older; 0 for none
   */
  Beliefs(Memory memory, TrustedKey own, Collection<TrustedKey> trusted, long accepted) {
    this.memory = memory;
    this.own = own;
    this.trusted = List.copyOf(trusted);
    this.accepted = accepted;
  }

  /** Whom the first head of an installation believes. */
  List<TrustedKey> trusted() {
    return trusted;
  }

  /** Where the head stood that was believed last; empty where that is not known. */
  String hub() {
    return memory.kept().map(Memory.Kept::hub).orElse("");
  }

  /** A head was found there. */
  void at(String place, Instant when) {
    if (!place.equals(hub)) {
      hub = place;
      since = when;
    }
    now = when;
  }

  /** Whether it has never believed a head that is as new as this one. */
  boolean isNewer(Head head) {
    return memory
        .kept()
        .map(kept ->
            Heads.stay(head.epoch()) == Heads.stay(kept.epoch())
                ? head.version() > kept.version()
                : head.epoch() > kept.epoch())
        .orElse(true);
  }

  /** The epoch with which to take over from that head. */
  long next(Head head) {
    long newest = Math.max(head.epoch(), memory.kept().map(Memory.Kept::epoch).orElse(0L));
    return isElsewhere() ? Heads.epochElsewhere(newest) : head.epoch() + 1;
  }

  /** Whether the last head that was believed stood at another hub. */
  private boolean isElsewhere() {
    return memory
        .kept()
        .filter(kept -> !kept.hub().isEmpty() && !hub.isEmpty() && !kept.hub().equals(hub))
        .isPresent();
  }

  /**
   * A head that is missing is the first one only for who has never seen any.
   *
   * @throws HeldException otherwise
   */
  void mustBeNew() {
    Memory.Kept kept = memory.kept().orElse(null);
    if (kept != null) {
      throw new HeldException(
          "the head %d is gone from the hub; restore the hub from a backup; to begin anew, move %s away"
              .formatted(kept.version(), memory.place()));
    }
  }

  /**
   * The head, where it is signed by somebody whom this manager believes already.
   *
   * @param configuration what that head puts in force; asked only where nothing else is known
   * @throws HeldException when it is not, or is older than the last one
   */
  Head believed(JsonObject document, Supplier<Configuration> configuration) {
    Head head = Fences.believed(document, trust(document, configuration), remedy());
    Memory.Kept kept = memory.kept().orElse(null);
    if (kept == null || !isOlder(head, kept)) {
      return head;
    }
    if (isElsewhere()) {
      if (now.isBefore(since.plus(HANDED_ON))) {
        throw new StaleException(
            "the hub %s has the head %d and not yet %d, which the other one had"
                .formatted(hub, head.version(), kept.version()));
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "the other hub has not handed on the head {0}; going on from {1} at {2}",
          kept.version(),
          head.version(),
          hub);
      return raised(head, kept);
    }
    if (head.version() != accepted) {
      throw new HeldException(
          "the head on the hub is %d of epoch %d, but it was %d of epoch %d already: the hub was put back, maybe from a backup; to go on from there, start this manager once with --accept-older-head %d"
              .formatted(
                  head.version(), head.epoch(), kept.version(), kept.epoch(), head.version()));
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "the older head {0} is accepted in the place of {1}",
        head.version(),
        kept.version());
    return raised(head, kept);
  }

  private static boolean isOlder(Head head, Memory.Kept kept) {
    if (Heads.stay(head.epoch()) > Heads.stay(kept.epoch())) {
      return false;
    }
    return head.version() < kept.version()
        || head.epoch() < kept.epoch()
        || head.release() < kept.release()
        || head.seq() < kept.seq();
  }

  /** The same with numbers behind those that nodes have seen: they follow nothing older. */
  private static Head raised(Head head, Memory.Kept kept) {
    long by = Math.max(0, kept.release() + UNSEEN - head.release());
    return new Head(
        Math.max(head.version(), kept.version() + UNSEEN),
        Math.max(head.seq(), kept.seq()),
        Math.max(head.epoch(), kept.epoch()),
        raised(head.active(), by),
        head.candidate() == null ? null : raised(head.candidate(), by),
        head.previous() == null ? null : raised(head.previous(), by),
        head.phase(),
        head.reach(),
        head.confirmWithin(),
        head.expires(),
        head.reportWithin());
  }

  private static Generation raised(Generation generation, long by) {
    return new Generation(generation.ride(), generation.release() + by, generation.digest());
  }

  private Trust trust(JsonObject document, Supplier<Configuration> configuration) {
    Optional<Memory.Kept> kept = memory.kept();
    if (kept.isPresent()) {
      return Trust.of(kept.get().managers());
    }
    List<TrustedKey> named = new ArrayList<>(managers(Trust.of(trusted)));
    boolean isFirstSight = named.isEmpty();
    named.add(own);
    String signer = signer(document);
    if (!isFirstSight || signer.isEmpty() || own.id().equals(signer)) {
      return Trust.of(named);
    }
    Trust found = Trust.in(configuration.get());
    found
        .find(signer)
        .ifPresent(key ->
            LOG.log(
                System.Logger.Level.WARNING,
                "the key {0} of the manager {1} is believed at first sight; --trust with the keys of"
                    + " managers spares that",
                key.id(),
                key.name()));
    return found;
  }

  private String remedy() {
    return memory.kept().isPresent()
        ? "if that key is known to be right, move %s away and start with --trust and the key"
            .formatted(memory.place())
        : "nothing is carried out until it is mended";
  }

  /**
   * Keeps whom to believe from now on.
   *
   * @param head one that is believed
   * @param document that head with its signature; null where this manager has signed it
   * @param trust the keys that are in force with it
   * @throws HeldException when it cannot be kept
   */
  void keep(Head head, @Nullable JsonObject document, Trust trust) {
    List<TrustedKey> managers = new ArrayList<>(managers(trust));
    // Who signed it is believed as long as this head stands, even if the head puts in force that
    // this is over.
    TrustedKey by = document == null ? own : known(signer(document));
    if (by != null && !managers.contains(by)) {
      managers.add(by);
    }
    try {
      memory.keep(Memory.Kept.of(head, managers, hub));
    } catch (IOException e) {
      throw new HeldException(
          "what this manager believes cannot be kept in %s (%s); make room there, or give it back its rights"
              .formatted(memory.place(), e.getMessage()));
    }
  }

  private @Nullable TrustedKey known(String keyId) {
    List<TrustedKey> all = new ArrayList<>(trusted);
    all.add(own);
    memory.kept().ifPresent(kept -> all.addAll(kept.managers()));
    return Trust.of(all).find(keyId).orElse(null);
  }

  private static List<TrustedKey> managers(Trust trust) {
    return trust.keys().values().stream()
        .filter(key -> key.role() == TrustedKey.Role.MANAGER)
        .toList();
  }

  private static String signer(JsonObject document) {
    JsonElement key =
        document.get(Signatures.MEMBER) instanceof JsonObject signature
            ? signature.get("key")
            : null;
    return key != null && key.isJsonPrimitive() ? key.getAsString() : "";
  }
}
