package dev.jiggety.model.rules;

import dev.jiggety.base.Durations;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with the settings of a page test. */
final class PageRules {
  private static final int SMALLEST = 200;
  private static final int LARGEST = 4000;
  private static final Duration LONGEST_SETTLE = Duration.ofSeconds(30);

  /** What is known of a page. Phases are not: they are of single requests. */
  private static final Set<Target> KNOWN =
      EnumSet.of(
          Target.STATUS,
          Target.HEADER,
          Target.BODY,
          Target.XPATH,
          Target.CSS,
          Target.TOTAL,
          Target.MILESTONE,
          Target.REQUESTS,
          Target.WEIGHT,
          Target.CONSOLE_ERRORS,
          Target.NETWORK_ERRORS,
          Target.CERTIFICATE_DAYS);

  private PageRules() {}

  static void check(Check.Page page, TestDefinition test, List<Problem> problems) {
    HttpRules.url(page.url(), "page.url", problems);
    TestRules.range("page.width", page.width(), SMALLEST, LARGEST, problems);
    TestRules.range("page.height", page.height(), SMALLEST, LARGEST, problems);
    Duration settle = page.settle();
    if (settle.isNegative() || settle.compareTo(LONGEST_SETTLE) > 0) {
      problems.add(new Problem("page.settle", "must be 0s to " + Durations.format(LONGEST_SETTLE)));
    } else if (!settle.isZero() && settle.compareTo(test.timeout()) >= 0) {
      problems.add(
          new Problem(
              "page.settle",
              "must be shorter than the timeout of " + Durations.format(test.timeout())));
    }
    ConnectionRules.check(page.connection(), "page.connection", problems);
    for (int i = 0; i < test.assertions().size(); i++) {
      Assertion assertion = test.assertions().get(i);
      if (!KNOWN.contains(assertion.target())) {
        problems.add(
            new Problem(
                "assert[" + i + "].on",
                assertion.target().label()
                    + " is not known of a page; use one of "
                    + KNOWN.stream().map(Target::label).collect(Collectors.joining(", "))));
      }
    }
  }
}
