package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.model.Cause;
import dev.jiggety.model.NodeProgress;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.Rollout.Transition;
import dev.jiggety.model.RolloutState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Rollouts as people read them in a terminal. */
final class RolloutText {
  private RolloutText() {}

  /** Where it stands and how far the nodes are, in one line. */
  static String progress(Rollout rollout) {
    StringBuilder line = new StringBuilder(rollout.state().label());
    if (rollout.wave() > 0 && !rollout.state().isTerminal()) {
      line.append(", wave ").append(rollout.wave()).append(" of ").append(rollout.waves().size());
    }
    Map<NodeProgress.State, Integer> counts = counts(rollout);
    if (!counts.isEmpty()) {
      List<String> parts = new ArrayList<>();
      counts.forEach((state, count) -> parts.add(count + " " + state.label()));
      line.append(" · ").append(String.join(", ", parts));
      line.append(" of ").append(rollout.progress().size()).append(" nodes");
    }
    return line.toString();
  }

  /** How many nodes are how far, in the order in which they get there. */
  static Map<NodeProgress.State, Integer> counts(Rollout rollout) {
    Map<NodeProgress.State, Integer> counts = new LinkedHashMap<>();
    for (NodeProgress.State state : NodeProgress.State.values()) {
      int count =
          (int) rollout.progress().values().stream().filter(it -> it.state() == state).count();
      if (count > 0) {
        counts.put(state, count);
      }
    }
    return counts;
  }

  /** A state in the colour of its meaning. */
  static String state(RolloutState state, Ansi ansi) {
    return switch (state) {
      case COMPLETED -> "✓ " + state.label();
      case REJECTED, ROLLED_BACK, ROLLBACK_INCOMPLETE -> ansi.red("✗ " + state.label());
      case HELD, PAUSED, APPROVING -> ansi.bold("! " + state.label());
      case CANCELLED, EXPIRED, JOINED -> ansi.dim("- " + state.label());
      default -> "· " + state.label();
    };
  }

  /** Why it is where it is: the last thing that did not go as planned. */
  static String reason(Rollout rollout) {
    for (int i = rollout.transitions().size() - 1; i >= 0; i--) {
      Cause cause = rollout.transitions().get(i).cause();
      if (!(cause instanceof Cause.Planned)) {
        return words(cause);
      }
    }
    return "";
  }

  /** A cause in words. */
  static String words(Cause cause) {
    return switch (cause) {
      case Cause.Planned(String evidence) -> evidence;
      case Cause.Operator(Cause.Act act, String by, String reason) ->
          by + " wished it (" + act.label() + ")" + (reason.isEmpty() ? "" : ": " + reason);
      case Cause.Deadline(String evidence) -> "it took too long: " + evidence;
      case Cause.Inconclusive(String evidence) -> "it cannot be judged: " + evidence;
      case Cause.AtFault fault ->
          "%s fail%s on %s, where what is in force passes"
              .formatted(
                  String.join(", ", fault.tests()),
                  fault.tests().size() == 1 ? "s" : "",
                  fault.node());
      case Cause.NodesFailed failed -> String.join(", ", failed.nodes()) + ": " + failed.error();
      case Cause.NotApplied(String error) -> error;
      case Cause.Refused refused -> String.join("; ", refused.problems());
      case Cause.Joined(String ride) -> "goes on in " + ride;
    };
  }

  /** How long after it was taken in it came for the last time into that state. */
  static Optional<Duration> until(Rollout rollout, RolloutState state) {
    List<Transition> steps = rollout.transitions();
    return steps.isEmpty()
        ? Optional.empty()
        : steps.reversed().stream()
            .filter(step -> step.to() == state)
            .findFirst()
            .map(step -> Duration.between(steps.getFirst().at(), step.at()));
  }

  /** When it got where, like {@code queued 12.0 ms, staged 0.31 s, active 0.70 s}. */
  static String times(Rollout rollout) {
    List<String> times = new ArrayList<>();
    milestones(rollout).forEach((what, time) -> times.add(what + " " + Times.millis(time)));
    return String.join(", ", times);
  }

  /** The times after it was taken in, by what had happened by then. */
  static Map<String, Duration> milestones(Rollout rollout) {
    Map<String, Duration> times = new LinkedHashMap<>();
    until(rollout, RolloutState.QUEUED).ifPresent(it -> times.put("queued", it));
    until(rollout, RolloutState.VERIFYING).ifPresent(it -> times.put("staged", it));
    until(rollout, RolloutState.BAKING).ifPresent(it -> times.put("active", it));
    if (rollout.state().isTerminal()) {
      until(rollout, rollout.state()).ifPresent(it -> times.put(rollout.state().label(), it));
    }
    return times;
  }

  /** The same as JSON. */
  static JsonObject json(Rollout rollout) {
    JsonObject json = new JsonObject();
    json.addProperty("rollout", rollout.id());
    json.addProperty("state", rollout.state().label());
    json.addProperty("reason", reason(rollout));
    json.addProperty("release", rollout.release());
    JsonObject nodes = new JsonObject();
    counts(rollout).forEach((state, count) -> nodes.addProperty(state.label(), count));
    json.add("nodes", nodes);
    JsonObject times = new JsonObject();
    milestones(rollout).forEach((what, time) -> times.addProperty(what + "Ms", time.toMillis()));
    json.add("times", times);
    return json;
  }

  /** A table of rollouts. */
  static List<String> table(List<Rollout> rollouts, Instant now, Ansi ansi) {
    TextTable table = new TextTable("ID", "STATE", "PLACE", "BY", "SINCE", "STRATEGY", "CHANGES");
    for (Rollout rollout : rollouts) {
      TreeSet<String> targets = new TreeSet<>();
      TreeSet<String> authors = new TreeSet<>();
      rollout
          .riders()
          .forEach(rider -> {
            targets.addAll(rider.targets());
            authors.add(rider.author());
          });
      table.row(
          rollout.id(),
          state(rollout.state(), ansi),
          rollout.seq() == 0 ? "" : Long.toString(rollout.seq()),
          String.join(", ", authors),
          Times.ago(rollout.since(), now),
          rollout.strategy().name(),
          shortened(targets));
    }
    return table.lines();
  }

  private static String shortened(Set<String> targets) {
    return targets.size() <= 3
        ? String.join(", ", targets)
        : targets.stream().limit(2).reduce("", (all, one) -> all + one + ", ")
            + "and "
            + (targets.size() - 2)
            + " more";
  }
}
