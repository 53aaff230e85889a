package dev.jiggety.desktop.widget;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Share;
import dev.jiggety.model.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rollouts and strategies as people say them. Immutable. */
public final class RolloutWords {
  private final Texts texts;
  private final Ages ages;

  public RolloutWords(Texts texts, Ages ages) {
    this.texts = texts;
    this.ages = ages;
  }

  /** The state in a word or two. */
  public String state(RolloutState state) {
    return texts.get("rollout.state." + state.name());
  }

  /** What the state means for who looks at it, in one sentence. */
  public String meaning(Rollout rollout) {
    return texts.get("rollout.meaning." + rollout.state().name());
  }

  /**
   * The cause of the last step, or why everything went back where it did, which says more than that
   * all nodes are back; empty where there is none.
   */
  public String cause(Rollout rollout) {
    if (rollout.transitions().isEmpty()) {
      return "";
    }
    String last = cause(rollout.transitions().getLast().cause());
    String back =
        rollout.transitions().stream()
            .filter(step -> step.to() == RolloutState.ROLLING_BACK)
            .map(step -> cause(step.cause()))
            .reduce("", (before, now) -> now);
    return switch (rollout.state()) {
      case ROLLED_BACK -> back.isEmpty() ? last : back;
      case ROLLBACK_INCOMPLETE -> back.isEmpty() ? last : back + " · " + last;
      default -> last;
    };
  }

  /** Why something went as it did. */
  public String cause(Cause cause) {
    return switch (cause) {
      case Cause.Planned planned -> planned.evidence();
      case Cause.Operator operator ->
          operator.reason().isBlank()
              ? texts.get("rollout.cause.operator", operator.by(), act(operator.act()))
              : texts.get(
                  "rollout.cause.operatorWhy",
                  operator.by(),
                  act(operator.act()),
                  operator.reason());
      case Cause.Deadline deadline -> texts.get("rollout.cause.deadline", deadline.evidence());
      case Cause.Inconclusive unclear ->
          texts.get("rollout.cause.inconclusive", unclear.evidence());
      case Cause.AtFault fault ->
          texts.get(
              "rollout.cause.atFault",
              fault.tests().stream()
                  .map(test -> test.startsWith("test:") ? test.substring(5) : test)
                  .collect(Collectors.joining(", ")),
              fault.node());
      case Cause.NodesFailed failed ->
          texts.get("rollout.cause.nodesFailed", names(failed.nodes()), failed.error());
      case Cause.NotApplied failed -> texts.get("rollout.cause.notApplied", failed.error());
      case Cause.Refused refused ->
          texts.get("rollout.cause.refused", String.join("; ", refused.problems()));
      case Cause.Joined joined -> texts.get("rollout.cause.joined", joined.ride());
    };
  }

  /** What an operator asked for, as a verb of the past. */
  public String act(Cause.Act act) {
    return texts.get("rollout.act." + act.name());
  }

  /** How far the nodes are, in one line; empty before there are any. */
  public String counts(RolloutCounts counts) {
    if (counts.nodes() == 0) {
      return "";
    }
    String line =
        texts.get(
            "rollout.counts", counts.nodes(), counts.staged(), counts.ready(), counts.swapped());
    if (counts.reverted() > 0) {
      line += texts.get("rollout.counts.reverted", counts.reverted());
    }
    return counts.failed() > 0 ? line + texts.get("rollout.counts.failed", counts.failed()) : line;
  }

  /** What a strategy does, in one sentence. */
  public String strategy(Strategy strategy) {
    String waves =
        strategy.waves().stream()
            .map(wave -> share(wave.upTo()))
            .collect(Collectors.joining(texts.get("strategy.then")));
    Duration bake =
        strategy.waves().stream()
            .map(Strategy.Wave::bake)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    String sentence = texts.get("strategy.words", share(strategy.canaries()), waves);
    String watched =
        bake.isZero()
            ? texts.get("strategy.unwatched")
            : texts.get("strategy.watched", ages.length(bake.toSeconds()));
    return (strategy.approval() ? texts.get("strategy.approval") : "") + sentence + watched;
  }

  /** Some names of nodes, and how many more there are. */
  public String names(Iterable<String> nodes) {
    List<String> all = new ArrayList<>();
    nodes.forEach(all::add);
    int most = 5;
    return all.size() <= most
        ? String.join(", ", all)
        : texts.get("names.more", String.join(", ", all.subList(0, most)), all.size() - most);
  }

  private String share(Share share) {
    return switch (share) {
      case Share.Nodes(int nodes) -> texts.get("strategy.nodes", nodes);
      case Share.Percent(int percent) ->
          percent == 100
              ? texts.get("strategy.all")
              : texts.get("strategy.percent", String.format(Locale.ROOT, "%d", percent));
    };
  }
}
