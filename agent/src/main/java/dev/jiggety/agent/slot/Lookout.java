package dev.jiggety.agent.slot;

import com.google.gson.JsonObject;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Head;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at the head and the candidate that the hub shows, and makes events of them. What is not
 * believed stays in sight: keys that come later may speak for it. In turns.
 */
final class Lookout {
  /** Until the confirmed documents are read again for the key of the first manager. */
  private static final Duration FIRST_KEY = Duration.ofSeconds(2);

  /** How often the first manager's key is looked for before people are told. */
  private static final int PATIENT_LOOKS = 3;

  private static final int MOST_DOUBLINGS = 6;

  private final Inspector inspector;
  private final KeyRing keys;
  private final SlotHost host;
  private final Supplier<SlotState> state;
  private final Consumer<SlotEvent> work;
  private final Map<String, JsonObject> shown = new TreeMap<>();
  private int looksForFirst;

  /**
   * Nothing is in sight yet.
   *
   * @param state how it stands
   * @param work works an event in, within the same turn
   */
  Lookout(
      SlotKeeper.Parts parts, SlotHost host, Supplier<SlotState> state, Consumer<SlotEvent> work) {
    this.inspector = parts.inspector();
    this.keys = new KeyRing(parts.pinned());
    this.host = host;
    this.state = state;
    this.work = work;
  }

  /** The hub shows the head or the candidate. */
  void show(String id, JsonObject document) {
    shown.put(id, document);
    look(id);
  }

  /** The hub shows that no more. */
  void hide(String id) {
    shown.remove(id);
  }

  /** What was not believed may be believed now where keys came or went. */
  void mindKeys() {
    if (keys.changed(state.get())) {
      lookAgain();
    }
  }

  /** Looks at all that is in sight. */
  void lookAgain() {
    List.copyOf(shown.keySet()).forEach(this::look);
  }

  private void look(String id) {
    JsonObject document = shown.get(id);
    if (document == null) {
      return;
    }
    keys.see(state.get()).ifPresent(work);
    if (id.equals(Ids.head())) {
      lookAtHead(document);
    } else {
      lookAtCandidate(document);
    }
  }

  private void lookAtHead(JsonObject document) {
    Trust trust = keys.trust(state.get());
    if (keys.awaitsFirst(state.get(), trust)) {
      if (!findFirst(document)) {
        return;
      }
      trust = keys.trust(state.get());
    }
    SlotEvent event = inspector.head(document, trust);
    if (!(event instanceof SlotEvent.Unbelievable)) {
      shown.remove(Ids.head());
    }
    Head before = state.get().head();
    work.accept(event);
    if (!Objects.equals(before, state.get().head())) {
      look(Ids.candidate());
    }
  }

  /** Takes the first manager's key on trust; false while that may still be on its way. */
  private boolean findFirst(JsonObject head) {
    var first = keys.first(state.get(), head);
    if (first.isEmpty() && head.has(Signatures.MEMBER)) {
      host.pull(Duration.ofSeconds(1L << Math.min(looksForFirst, MOST_DOUBLINGS)));
      if (looksForFirst++ < PATIENT_LOOKS) {
        return false; // the confirmed documents are on their way
      }
    }
    if (first.isEmpty()) {
      host.pull(FIRST_KEY); // they were read before a manager first put its key there
    }
    first.ifPresent(work);
    return true;
  }

  private void lookAtCandidate(JsonObject document) {
    Trust trust = keys.trust(state.get());
    if (!isWanted(trust)) {
      return;
    }
    SlotEvent event = inspector.candidate(document, trust);
    if (!(event instanceof SlotEvent.Unbelievable)) {
      shown.remove(Ids.candidate());
    } else if (isSteady()) {
      return; // an old one that nobody looks at; a head that wants it brings it up again
    }
    work.accept(event);
  }

  /** A node in which nothing is in force yet does not know the operators. */
  private boolean isWanted(Trust trust) {
    SlotState now = state.get();
    boolean isEmpty = now.active().configuration().documents().isEmpty();
    return now.head() != null && !(isEmpty && trust.isWithout(TrustedKey.Role.OPERATOR));
  }

  private boolean isSteady() {
    Head head = state.get().head();
    return head != null && head.phase() == Head.Phase.STEADY;
  }
}
