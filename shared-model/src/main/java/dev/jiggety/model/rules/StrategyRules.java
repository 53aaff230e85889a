package dev.jiggety.model.rules;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Share;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.Strategy.Deadlines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is wrong with a strategy, place by place, in the words of its document. */
public final class StrategyRules {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final int MOST_WAVES = 20;
  private static final Duration LONGEST = Duration.ofDays(30);

  private StrategyRules() {}

  /** Everything that is wrong; empty when rollouts can follow it. */
  public static List<Problem> problems(Strategy strategy) {
    List<Problem> problems = new ArrayList<>();
    if (!NAME.matcher(strategy.name()).matches()) {
      problems.add(new Problem("name", "must be 1 to 64 lower-case letters, digits and hyphens"));
    }
    share("canaries", strategy.canaries(), problems);
    if (strategy.canaries().of(Integer.MAX_VALUE) == 0) {
      problems.add(new Problem("canaries", "must be at least one: nothing goes out untried"));
    }
    share("ready", strategy.ready(), problems);
    waves(strategy.waves(), problems);
    if (strategy.minimumSample() < 0) {
      problems.add(new Problem("minimumSample", "must be at least 0"));
    }
    Deadlines times = strategy.deadlines();
    if (strategy.enoughAfter().compareTo(times.verify()) >= 0) {
      problems.add(new Problem("enoughAfter", "must be shorter than deadlines.verify"));
    }
    deadline("submit", times.submit(), problems);
    deadline("approve", times.approve(), problems);
    deadline("check", times.check(), problems);
    deadline("stage", times.stage(), problems);
    deadline("verify", times.verify(), problems);
    deadline("promote", times.promote(), problems);
    deadline("bake", times.bake(), problems);
    deadline("pause", times.pause(), problems);
    deadline("rollback", times.rollback(), problems);
    deadline("hold", times.hold(), problems);
    thresholds(strategy.thresholds(), problems);
    return List.copyOf(problems);
  }

  private static void waves(List<Strategy.Wave> waves, List<Problem> problems) {
    if (waves.isEmpty() || waves.size() > MOST_WAVES) {
      problems.add(new Problem("waves", "must be 1 to " + MOST_WAVES));
      return;
    }
    for (int i = 0; i < waves.size(); i++) {
      share("waves[" + i + "]", waves.get(i).upTo(), problems);
      Duration bake = waves.get(i).bake();
      if (bake.isNegative() || bake.compareTo(LONGEST) > 0) {
        problems.add(new Problem("waves[" + i + "].bake", "must be 0s to 30d"));
      }
    }
    if (!waves.getLast().upTo().equals(Share.ALL)) {
      problems.add(
          new Problem("waves[" + (waves.size() - 1) + "].percent", "must be 100: all in the end"));
    }
  }

  private static void share(String place, Share share, List<Problem> problems) {
    switch (share) {
      case Share.Nodes nodes ->
          TestRules.range(place + ".nodes", nodes.nodes(), 0, Integer.MAX_VALUE, problems);
      case Share.Percent percent ->
          TestRules.range(place + ".percent", percent.percent(), 0, 100, problems);
    }
  }

  private static void deadline(String name, Duration time, List<Problem> problems) {
    if (time.isZero() || time.isNegative() || time.compareTo(LONGEST) > 0) {
      problems.add(new Problem("deadlines." + name, "must be longer than 0s, at most 30d"));
    }
  }

  private static void thresholds(Strategy.Thresholds limits, List<Problem> problems) {
    int most = Integer.MAX_VALUE;
    TestRules.range("thresholds.nodes", limits.nodes(), 0, most, problems);
    TestRules.range("thresholds.percent", limits.percent(), 0, 99, problems);
    TestRules.range("thresholds.confirmations", limits.confirmations(), 1, 100, problems);
    TestRules.range("thresholds.attempts", limits.attempts(), 1, 1000, problems);
    if (limits.lateness().isZero() || limits.lateness().isNegative()) {
      problems.add(new Problem("thresholds.lateness", "must be longer than 0s"));
    }
  }
}
