package dev.jiggety.model.rules;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a maintenance window, place by place, in the words of its document. */
public final class WindowRules {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(31);

  private WindowRules() {}

  /** Everything that is wrong; empty when it can hold. */
  public static List<Problem> problems(Window window) {
    List<Problem> problems = new ArrayList<>();
    if (!TestRules.ID.matcher(window.id()).matches()) {
      problems.add(new Problem("id", "must be 1 to 64 lower-case letters, digits and hyphens"));
    }
    TestRules.name(window.name(), problems);
    TestRules.tags("tags", window.tags(), problems);
    for (String test : window.tests()) {
      if (!TestRules.ID.matcher(test).matches()) {
        problems.add(new Problem("tests", "\"" + test + "\" cannot be the id of a test"));
      }
    }
    switch (window.times()) {
      case Window.Times.Once once -> {
        if (!once.from().isBefore(once.to())) {
          problems.add(new Problem("once.to", "must be later than once.from"));
        } else {
          Duration length = Duration.between(once.from(), once.to());
          TestRules.range("once", length, Duration.ofSeconds(1), Duration.ofDays(366), problems);
        }
      }
      case Window.Times.Again again -> {
        Schedules.problem(again.begins())
            .map(text -> new Problem("again.cron", text))
            .ifPresent(problems::add);
        TestRules.range("again.length", again.length(), SHORTEST, LONGEST, problems);
      }
    }
    return List.copyOf(problems);
  }
}
