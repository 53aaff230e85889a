package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.rules.Rollouts;
import dev.jiggety.signing.Trust;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes patches in: each gets a record, with a place in the line or with the reason why it has
 * none.
 */
final class Intake {
  private final Context context;
  private final Ledger ledger;
  private final InForce inForce;
  private final Patches patches;
  private final Checker checker;
  private final Places places;
  private final AuditTrail trail;
  private final Set<String> unplaced = new HashSet<>(); // told, and without a place or an end yet

  Intake(
      Context context,
      Ledger ledger,
      InForce inForce,
      Patches patches,
      Checker checker,
      Places places,
      AuditTrail trail) {
    this.context = context;
    this.ledger = ledger;
    this.inForce = inForce;
    this.patches = patches;
    this.checker = checker;
    this.places = places;
    this.trail = trail;
  }

  /**
   * Takes these in; those that are known already are left alone.
   *
   * @param documents {@code patch:} documents
   * @throws dev.jiggety.repository.HubException when the hub cannot be asked; nothing is taken in
   *     then
   */
  void take(List<JsonObject> documents) {
    Map<String, JsonObject> news = new LinkedHashMap<>();
    for (JsonObject document : documents) {
      news.put(idOf(document), document);
    }
    List<String> asked = news.keySet().stream().filter(id -> ledger.find(id).isEmpty()).toList();
    List<Rollout> known = context.ports().board().rollouts(asked);
    trail.repair(known);
    List<String> knownIds = known.stream().map(Rollout::id).toList();
    known.stream().filter(it -> !it.state().isTerminal()).forEach(it -> takeUp(it.id()));
    news.forEach((id, document) -> {
      if (ledger.find(id).isPresent()) {
        unplaced.add(id); // until its next step is stored: what is so here may not be logged yet
      } else if (knownIds.contains(id)) {
        takenIn(id);
      } else {
        begin(id, document);
      }
    });
  }

  /** The manager before has made that record just when this one had looked for open ones. */
  private void takeUp(String id) {
    context
        .ports()
        .board()
        .rollout(id)
        .filter(it -> !it.state().isTerminal())
        .ifPresent(it -> {
          ledger.found(it);
          ledger.apply(id, new RolloutEvent.TakenUp(inForce.epoch()));
        });
  }

  /**
   * A step of a rollout was stored. A record without a place in the line is found by its patch
   * alone; so that is told to whoever takes over until the record has a place, or its end is
   * logged.
   */
  void settled(Rollout rollout) {
    boolean isFound = rollout.seq() > 0 || rollout.state().isTerminal();
    if (isFound && unplaced.remove(rollout.id())) {
      takenIn(rollout.id());
    }
  }

  private void begin(String id, JsonObject document) {
    Patches.Handed handed = patches.keep(id, document);
    List<String> problems = new ArrayList<>(checker.problemsInItself(handed, inForce.trust()));
    if (!problems.isEmpty() && mayBeBelievedLater(document)) {
      problems.clear(); // checked again at its turn
    }
    Patch patch = read(id, document);
    Strategy strategy = inForce.strategy(patch.strategy()).orElse(null);
    Rollouts.Step step =
        strategy == null || !problems.isEmpty()
            ? refusal(patch, strategy, problems)
            : Rollouts.start(patch, strategy, inForce.epoch(), context.now());
    ledger.begin(step);
    for (RolloutEffect effect : step.effects()) {
      if (effect instanceof RolloutEffect.Enqueue enqueue) {
        places.want(enqueue.patchId()); // its first record says its place already
      }
    }
    unplaced.add(id);
  }

  private void takenIn(String id) {
    trail.then(() -> context.ports().board().takenIn(Ids.patch(id)));
  }

  private Rollouts.Step refusal(Patch patch, @Nullable Strategy strategy, List<String> problems) {
    String name = patch.strategy() instanceof StrategyChoice.Named named ? named.name() : "its own";
    return Rollouts.refuse(
        patch,
        strategy == null ? Strategy.SWIFT : strategy,
        problems.isEmpty() ? List.of("there is no strategy " + name) : problems,
        inForce.epoch(),
        context.now());
  }

  /** While keys are being changed, who signed it may be believed when its turn comes. */
  private boolean mayBeBelievedLater(JsonObject document) {
    boolean areKeysChanging =
        ledger.all().stream()
            .filter(it -> it.state() != RolloutState.APPROVING && !it.state().isTerminal())
            .flatMap(it -> it.riders().stream())
            .flatMap(rider -> rider.targets().stream())
            .anyMatch(target -> target.startsWith("key:"));
    Trust trust = inForce.trust();
    return areKeysChanging && Checker.isAboutKeys(document, trust);
  }

  /** The patch, or as much of it as can be read. */
  private Patch read(String id, JsonObject document) {
    try {
      return PatchDocument.TYPE.read(document);
    } catch (DocumentException e) {
      return new Patch(id, "", context.now(), "", StrategyChoice.SWIFT, context.now(), List.of());
    }
  }

  static String idOf(JsonObject document) {
    String id = document.get("_id").getAsString();
    return id.startsWith("patch:") ? id.substring("patch:".length()) : id;
  }
}
