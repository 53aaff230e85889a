package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.document.ConfigurationRules;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Placement;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.PatchRules;
import dev.jiggety.model.rules.ReleaseRules;
import dev.jiggety.signing.Flaw;
import dev.jiggety.signing.SignatureException;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Everything that is checked before a patch reaches a node. */
final class Checker {
  private final Context context;
  private final InForce inForce;
  private final Patches patches;
  private final Roster roster;
  private final Tombstones tombstones;

  Checker(Context context, InForce inForce, Patches patches, Roster roster, Tombstones tombstones) {
    this.context = context;
    this.inForce = inForce;
    this.patches = patches;
    this.roster = roster;
    this.tombstones = tombstones;
  }

  /** What is wrong with a patch whatever is in force; empty when it can wait for its turn. */
  List<String> problemsInItself(Patches.Handed handed, Trust trust) {
    List<String> problems = new ArrayList<>();
    if (handed.size() > Patches.LARGEST) {
      problems.add("it has more than " + Patches.LARGEST + " characters; split it");
      return problems;
    }
    try {
      TrustedKey signer = Signatures.checkPatch(handed.document(), trust);
      Patch patch = PatchDocument.TYPE.read(handed.document());
      ReleaseRules.signer(signer, patch.changes())
          .ifPresent(problem -> problems.add(problem.toString()));
      PatchRules.problems(patch).forEach(problem -> problems.add(problem.toString()));
      for (Change change : patch.changes()) {
        ConfigurationRules.problems(change).forEach(problem -> problems.add(problem.toString()));
      }
      if (inForce.strategy(patch.strategy()).isEmpty()) {
        problems.add("there is no strategy of that name: " + patch.strategy());
      }
    } catch (SignatureException e) {
      problems.add(
          e.getMessage() + " (" + e.flaw().name().toLowerCase(java.util.Locale.ROOT) + ")");
    } catch (DocumentException e) {
      e.problems().forEach(problem -> problems.add(problem.toString()));
    }
    return problems;
  }

  /** Whether a patch that is signed like this may be believed later, when keys have changed. */
  static boolean isAboutKeys(JsonObject document, Trust trust) {
    try {
      Signatures.checkPatch(document, trust);
      return false;
    } catch (SignatureException e) {
      return e.flaw() == Flaw.UNKNOWN_KEY || e.flaw() == Flaw.WRONG_ROLE;
    }
  }

  /**
   * Checks a rollout against what is in force.
   *
   * @return what happens to it
   * @throws dev.jiggety.repository.HubException when the hub cannot be asked now
   */
  RolloutEvent check(Rollout rollout) {
    Configuration candidate = inForce.confirmed();
    String base = Digests.of(candidate);
    if (!base.equals(inForce.head().digest())) {
      return new RolloutEvent.CheckFailed("what is confirmed is not what the head says");
    }
    SortedMap<String, List<String>> refused = new TreeMap<>();
    List<Change> changes = new ArrayList<>();
    for (Rollout.Rider rider : rollout.riders()) {
      List<String> problems = new ArrayList<>();
      Optional<Configuration> next = with(candidate, rider, problems, changes);
      if (next.isEmpty()) {
        refused.put(rider.patchId(), problems);
      }
      candidate = next.orElse(candidate);
    }
    if (!refused.isEmpty()) {
      return refused(refused, rollout.riders().size() > 1);
    }
    String digest = Digests.of(candidate);
    if (digest.equals(base)) {
      return new RolloutEvent.NothingToDo();
    }
    Optional<List<Long>> givenUp = tombstones.of(rollout, inForce.head().seq());
    if (givenUp.isEmpty()) {
      return new RolloutEvent.CheckFailed(
          "a place in the line before %d is missing".formatted(rollout.seq()));
    }
    context.mustBeActive();
    context.ports().board().keepBefore(rollout.id(), before(changes));
    SortedSet<String> nodes = roster.present(base, context.now());
    return new RolloutEvent.CheckPassed(
        base,
        digest,
        nodes,
        roster.running(placements(candidate, changes), nodes),
        roster.absent(context.now()),
        givenUp.get());
  }

  /** The configuration with a patch; empty where that is refused. */
  private Optional<Configuration> with(
      Configuration configuration,
      Rollout.Rider rider,
      List<String> problems,
      List<Change> changes) {
    Optional<Patches.Handed> handed = patches.get(rider.patchId());
    if (handed.isEmpty()) {
      problems.add("its document is gone from the hub");
      return Optional.empty();
    }
    problems.addAll(problemsInItself(handed.get(), inForce.trust()));
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    Patch patch = PatchDocument.TYPE.read(handed.get().document());
    if (!patch.rider(rider.seq()).equals(rider)) {
      problems.add("its document is not the one that was handed in");
      return Optional.empty();
    }
    return switch (Digests.apply(configuration, patch.changes())) {
      case Digests.Conflicts conflicts -> {
        conflicts.conflicts().forEach(conflict -> problems.add(conflict.text()));
        yield Optional.empty();
      }
      case Digests.Done done -> {
        problems.addAll(problemsOfTheWhole(patch, done.configuration()));
        changes.addAll(patch.changes());
        yield problems.isEmpty() ? Optional.of(done.configuration()) : Optional.empty();
      }
    };
  }

  /** What must hold for all of it; nobody may lock out the manager that is at work. */
  private List<String> problemsOfTheWhole(Patch patch, Configuration after) {
    boolean isAboutKeys =
        patch.changes().stream().anyMatch(change -> change.target().startsWith("key:"));
    List<String> problems = new ArrayList<>();
    for (Problem problem : ConfigurationRules.problems(after)) {
      if (isAboutKeys || !problem.place().equals("key")) {
        problems.add(problem.toString());
      }
    }
    if (!isAboutKeys) {
      return problems;
    }
    TrustedKey own = context.key().trusted();
    if (!Trust.in(after).find(own.id()).filter(own::equals).isPresent()) {
      problems.add(
          "it takes away the key of %s, the active manager; let another one take over first"
              .formatted(own.name()));
    }
    return problems;
  }

  private static RolloutEvent refused(SortedMap<String, List<String>> refused, boolean withNames) {
    List<String> problems =
        refused.entrySet().stream()
            .flatMap(patch ->
                patch.getValue().stream()
                    .map(text -> withNames ? patch.getKey() + ": " + text : text))
            .toList();
    return new RolloutEvent.CheckRefused(new TreeSet<>(refused.keySet()), problems);
  }

  /** What stands in the place of what is going to be changed. */
  private Configuration before(List<Change> changes) {
    SortedMap<String, Content> before = new TreeMap<>();
    for (Change change : changes) {
      Content content = inForce.confirmed().documents().get(change.target());
      if (content != null) {
        before.put(change.target(), content);
      }
    }
    return new Configuration(before);
  }

  /** Where the changed tests run: who runs one can tell how the change fares. */
  private static List<Placement> placements(Configuration candidate, List<Change> changes) {
    return changes.stream()
        .map(Change::target)
        .filter(target -> target.startsWith("test:"))
        .flatMap(target -> Stream.ofNullable(candidate.documents().get(target)))
        .map(content -> TestDocument.TYPE.read(Contents.document(content)))
        .filter(TestDefinition::active)
        .map(TestDefinition::where)
        .distinct()
        .toList();
  }
}
