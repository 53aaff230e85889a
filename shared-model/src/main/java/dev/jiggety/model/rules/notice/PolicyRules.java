package dev.jiggety.model.rules.notice;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Policy;
import dev.jiggety.model.Policy.Hours;
import dev.jiggety.model.Policy.Step;
import dev.jiggety.model.rules.CronSpans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is wrong with a policy, place by place, in the words of its document. */
public final class PolicyRules {
  private static final int MOST = 20;
  private static final Duration LONGEST_STEP = Duration.ofDays(30);
  private static final Duration SHORTEST_REMINDER = Duration.ofMinutes(1);
  private static final Duration LONGEST_GROUP = Duration.ofHours(1);
  private static final Duration SHORTEST_LIMIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_LIMIT = Duration.ofDays(1);
  private static final Duration LONGEST_HOURS = Duration.ofDays(7);

  private PolicyRules() {}

  /** Everything that is wrong; empty when it can be followed. */
  public static List<Problem> problems(Policy policy) {
    List<Problem> problems = new ArrayList<>();
    if (!ChannelRules.ID.matcher(policy.id()).matches()) {
      problems.add(new Problem("id", ChannelRules.ID_RULE));
    }
    ChannelRules.oneLine("name", policy.name(), 200, problems);
    steps(policy.steps(), problems);
    Duration remind = policy.remind();
    if (remind != null) {
      between("remind", remind, SHORTEST_REMINDER, LONGEST_STEP, "1m to 30d", problems);
    }
    between("group", policy.group(), Duration.ZERO, LONGEST_GROUP, "0s to 1h", problems);
    if (policy.limit().count() < 1 || policy.limit().count() > 10_000) {
      problems.add(new Problem("limit.count", "must be 1 to 10000"));
    }
    between("limit.per", policy.limit().per(), SHORTEST_LIMIT, LONGEST_LIMIT, "1m to 1d", problems);
    if (policy.hours().size() > MOST || policy.quiet().size() > MOST) {
      problems.add(new Problem("hours", "there can be " + MOST + " of hours and of quiet times"));
    }
    for (int i = 0; i < policy.hours().size(); i++) {
      hours("hours[" + i + "]", policy.hours().get(i), problems);
    }
    for (int i = 0; i < policy.quiet().size(); i++) {
      hours("quiet[" + i + "]", policy.quiet().get(i).hours(), problems);
    }
    names(policy, problems);
    return List.copyOf(problems);
  }

  private static void steps(List<Step> steps, List<Problem> problems) {
    if (steps.isEmpty() || steps.size() > MOST) {
      problems.add(new Problem("steps", "must be 1 to " + MOST + ": who is told, and when"));
    }
    Duration before = Duration.ZERO;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String place = "steps[" + i + "]";
      between(place + ".after", step.after(), Duration.ZERO, LONGEST_STEP, "0s to 30d", problems);
      if (i > 0 && step.after().compareTo(before) <= 0) {
        problems.add(new Problem(place + ".after", "must be later than the step before"));
      }
      before = step.after();
      if (step.channels().isEmpty() || step.channels().size() > MOST) {
        problems.add(new Problem(place + ".channels", "must be 1 to " + MOST + " channels"));
      }
      Set<String> seen = new HashSet<>();
      for (String channel : step.channels()) {
        if (!ChannelRules.ID.matcher(channel).matches() || !seen.add(channel)) {
          problems.add(
              new Problem(place + ".channels", "\"" + channel + "\" is no id, or twice here"));
        }
      }
    }
  }

  private static void hours(String place, Hours hours, List<Problem> problems) {
    CronSpans.problem(hours)
        .ifPresent(problem -> problems.add(new Problem(place + ".cron", problem)));
    if (hours.cron().strip().startsWith("@every")) {
      problems.add(new Problem(place + ".cron", "must have five fields, or be like @daily"));
    }
    between(
        place + ".for", hours.length(), Duration.ofMinutes(1), LONGEST_HOURS, "1m to 7d", problems);
  }

  private static void names(Policy policy, List<Problem> problems) {
    Stream.of(policy.which().tags(), policy.which().tests(), policy.which().nodes())
        .filter(names -> names.size() > 1_000)
        .forEach(names -> problems.add(new Problem("which", "names more than 1000 of a kind")));
  }

  private static void between(
      String place,
      Duration value,
      Duration least,
      Duration most,
      String words,
      List<Problem> problems) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      problems.add(new Problem(place, "must be " + words));
    }
  }
}
