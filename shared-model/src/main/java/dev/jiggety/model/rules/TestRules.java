package dev.jiggety.model.rules;

import dev.jiggety.base.Durations;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Check;
import dev.jiggety.model.Degraded;
import dev.jiggety.model.Placement;
import dev.jiggety.model.Quorum;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is wrong with a test, place by place, in the words of its document. */
public final class TestRules {
  static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern NODE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
  static final Pattern TAG = Pattern.compile("[^\\s,\\p{Cntrl}]{1,64}");
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final int LONGEST_NAME = 200;
  private static final int MOST_SAMPLES = 20;
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(2);
  private static final int MOST_RETRIES = 10;
  private static final Duration LONGEST_RETRY_DELAY = Duration.ofMinutes(1);
  private static final Duration SHORTEST_SPAN = Duration.ofMinutes(1);
  private static final Duration LONGEST_SPAN = Duration.ofDays(1);

  private TestRules() {}

  /** Everything that is wrong; empty when the test can run. */
  public static List<Problem> problems(TestDefinition test) {
    List<Problem> problems = new ArrayList<>();
    if (!ID.matcher(test.id()).matches()) {
      problems.add(
          new Problem(
              "id",
              "\""
                  + test.id()
                  + "\" must be 1 to 64 lower-case letters, digits and hyphens, and begin with a"
                  + " letter or digit"));
    }
    name(test.name(), problems);
    tags("tags", test.tags(), problems);
    switch (test.check()) {
      case Check.Http http -> HttpRules.check(http, problems);
      case Check.Script script -> ScriptRules.check(script, problems);
      case Check.Page page -> PageRules.check(page, test, problems);
      case Check.Tcp tcp -> NetRules.check(tcp, problems);
      case Check.Tls tls -> NetRules.check(tls, problems);
      case Check.Dns dns -> NetRules.check(dns, problems);
      case Check.Other other -> {
        if (!KIND.matcher(other.kind()).matches()) {
          problems.add(
              new Problem(
                  "kind",
                  "\""
                      + other.kind()
                      + "\" is not a kind of test; write it like http, script or page"));
        }
      }
    }
    schedule(test.schedule(), problems);
    where(test.where(), problems);
    numbers(test, problems);
    degraded(test.degraded(), problems);
    DependencyRules.check(test, problems);
    for (int i = 0; i < test.assertions().size(); i++) {
      String place = "assert[" + i + "]";
      AssertionRules.problems(test.assertions().get(i)).stream()
          .map(problem -> problem.under(place))
          .forEach(problems::add);
    }
    return List.copyOf(problems);
  }

  /**
   * What is allowed and still looks like a mistake; a test with advice runs. At the moment: runs
   * that can take longer than the interval, so that slots would be missed while the site hangs.
   */
  public static List<Problem> advice(TestDefinition test) {
    if (test.schedule() instanceof Schedule.Every every
        && test.timeout().compareTo(every.interval()) > 0) {
      return List.of(
          new Problem(
              "timeout",
              Durations.format(test.timeout())
                  + " is longer than the interval of "
                  + Durations.format(every.interval())
                  + ": while the site hangs, slots are missed"));
    }
    return List.of();
  }

  static void name(String name, List<Problem> problems) {
    if (name.isBlank()) {
      problems.add(new Problem("name", "is empty"));
    } else if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
      problems.add(
          new Problem("name", "must be one line of at most " + LONGEST_NAME + " characters"));
    }
  }

  static void tags(String place, Iterable<String> tags, List<Problem> problems) {
    for (String tag : tags) {
      if (!TAG.matcher(tag).matches()) {
        problems.add(
            new Problem(
                place, "\"" + tag + "\" must be 1 to 64 characters without blanks and commas"));
      }
    }
  }

  private static void schedule(Schedule schedule, List<Problem> problems) {
    String place = schedule instanceof Schedule.Cron ? "schedule.cron" : "schedule.every";
    Schedules.problem(schedule).map(text -> new Problem(place, text)).ifPresent(problems::add);
  }

  private static void where(Placement where, List<Problem> problems) {
    tags("where.tags", where.tags(), problems);
    for (String node : where.nodes()) {
      if (!NODE.matcher(node).matches()) {
        problems.add(
            new Problem(
                "where.nodes",
                "\""
                    + node
                    + "\" cannot be a node; names are lower-case letters, digits, dots and"
                    + " hyphens"));
      }
    }
  }

  private static void numbers(TestDefinition test, List<Problem> problems) {
    range("samples", test.samples(), 1, MOST_SAMPLES, problems);
    range("timeout", test.timeout(), SHORTEST_TIMEOUT, LONGEST_TIMEOUT, problems);
    Retries retries = test.retries();
    range("retries.count", retries.count(), 0, MOST_RETRIES, problems);
    range("retries.delay", retries.delay(), Duration.ZERO, LONGEST_RETRY_DELAY, problems);
    switch (test.quorum()) {
      case Quorum.AtLeast atLeast ->
          range("quorum.nodes", atLeast.nodes(), 1, Integer.MAX_VALUE, problems);
      case Quorum.Percent percent -> range("quorum.percent", percent.percent(), 1, 100, problems);
    }
  }

  private static void degraded(Degraded degraded, List<Problem> problems) {
    if (degraded.total() != null) {
      positive("degraded.total", degraded.total(), problems);
    }
    degraded
        .phases()
        .forEach((phase, limit) -> positive("degraded." + phase.label(), limit, problems));
    Degraded.Percentile percentile = degraded.percentile();
    if (percentile != null) {
      String place = "degraded.percentile.";
      range(place + "share", percentile.share(), 50, 99, problems);
      range(place + "over", percentile.over(), SHORTEST_SPAN, LONGEST_SPAN, problems);
      positive(place + "limit", percentile.limit(), problems);
    }
  }

  private static void positive(String place, Duration value, List<Problem> problems) {
    if (value.isZero() || value.isNegative()) {
      problems.add(new Problem(place, "must be longer than 0s"));
    }
  }

  static void range(String place, int value, int min, int max, List<Problem> problems) {
    if (value < min || value > max) {
      String limits = max == Integer.MAX_VALUE ? "at least " + min : min + " to " + max;
      problems.add(new Problem(place, "must be " + limits + ", found " + value));
    }
  }

  static void range(
      String place, Duration value, Duration min, Duration max, List<Problem> problems) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      String found = value.isNegative() ? value.toString() : Durations.format(value);
      problems.add(
          new Problem(
              place,
              "must be "
                  + Durations.format(min)
                  + " to "
                  + Durations.format(max)
                  + ", found "
                  + found));
    }
  }
}
