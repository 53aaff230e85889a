package dev.jiggety.agent.slot;

import com.google.gson.JsonObject;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.Heads;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Trust;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom a node believes: keys that it was given, the manager's key that it saw first, and the keys
 * in what it runs. As long as that is not confirmed, those of what ran before as well: whoever
 * takes it back has to be believed.
 */
final class KeyRing {
  private final Trust pinned;
  private @Nullable Configuration lastActive;
  private @Nullable Configuration lastBefore;
  private @Nullable Configuration lastProved;
  private List<TrustedKey> lastPins = List.of();
  private Trust trust;

  KeyRing(Trust pinned) {
    this.pinned = pinned;
    this.trust = pinned;
  }

  /** The keys that are believed in that state. */
  Trust trust(SlotState state) {
    changed(state);
    return trust;
  }

  /** Whether they are others than the last time. */
  boolean changed(SlotState state) {
    Slot standby = state.standby();
    Configuration active = state.active().configuration();
    Configuration before =
        state.isUnconfirmed() && standby != null ? standby.configuration() : null;
    Configuration proved = proved(state);
    // Almost always the very same ones, which compares in no time.
    if (active.equals(lastActive)
        && Objects.equals(before, lastBefore)
        && Objects.equals(proved, lastProved)
        && state.kept().pins().equals(lastPins)) {
      return false;
    }
    lastActive = active;
    lastBefore = before;
    lastProved = proved;
    lastPins = state.kept().pins();
    Trust now = pinned.and(Trust.of(lastPins)).and(Trust.in(active));
    now = before == null ? now : now.and(Trust.in(before));
    now = proved == null ? now : now.and(Trust.in(proved));
    boolean changed = !now.equals(trust);
    trust = now;
    return changed;
  }

  /**
   * What a new node has to believe before it runs anything: it comes while a candidate is promoted,
   * whose patches it could not check otherwise. The confirmed documents, where the head names them.
   */
  private static @Nullable Configuration proved(SlotState state) {
    Configuration confirmed = state.confirmed();
    Head head = state.head();
    boolean isNew = state.active().configuration().documents().isEmpty();
    if (!isNew || confirmed == null || head == null) {
      return null;
    }
    String digest = Digests.of(confirmed);
    Generation previous = head.previous();
    boolean isNamed =
        Heads.proves(head.active(), digest) || (previous != null && Heads.proves(previous, digest));
    return isNamed ? confirmed : null;
  }

  /**
   * A key that was seen first serves until the configuration names managers; from then on theirs
   * count alone, so that a key that was replaced is believed no more.
   */
  Optional<SlotEvent> see(SlotState state) {
    boolean isSteady = !state.kept().pins().isEmpty() && !state.isUnconfirmed();
    return isSteady && !Trust.in(state.active().configuration()).isWithout(Role.MANAGER)
        ? Optional.of(new SlotEvent.Pinned(List.of()))
        : Optional.empty();
  }

  /** Whether no manager is known at all, so that the first one has to be taken on trust. */
  boolean awaitsFirst(SlotState state, Trust believed) {
    return believed.isWithout(Role.MANAGER) && state.head() == null;
  }

  /** The first manager's key: the one that has signed the head, among the confirmed documents. */
  Optional<SlotEvent> first(SlotState state, JsonObject head) {
    Configuration confirmed = state.confirmed();
    if (confirmed == null
        || !(head.get(Signatures.MEMBER) instanceof JsonObject signature)
        || signature.get("key") == null
        || !signature.get("key").isJsonPrimitive()) {
      return Optional.empty();
    }
    return Trust.in(confirmed)
        .find(signature.get("key").getAsString())
        .filter(key -> key.role() == Role.MANAGER)
        .map(key -> new SlotEvent.Pinned(List.of(key)));
  }
}
