package dev.jiggety.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A maintenance window: what begins to be wrong with its tests during it is recorded and told to
 * nobody, and does not count against what was promised. The tests run on. Any value can be built;
 * {@code model.rules.WindowRules} says what is wrong with it.
 *
 * @param id lower-case letters, digits and hyphens, 1 to 64; never changes
 * @param name for people
 * @param active whether it holds at all
 * @param times when
 * @param tags the tests that carry one of these
 * @param tests and these, by id; where neither is given all tests
 */
public record Window(
    String id,
    String name,
    boolean active,
    Times times,
    NavigableSet<String> tags,
    NavigableSet<String> tests) {

  public Window {
    tags = Collections.unmodifiableNavigableSet(new TreeSet<>(tags));
    tests = Collections.unmodifiableNavigableSet(new TreeSet<>(tests));
  }

  /** When a window is open. */
  public sealed interface Times {
    /**
     * Once.
     *
     * @param from inclusive
     * @param to exclusive
     */
    record Once(Instant from, Instant to) implements Times {}

    /**
     * Again and again.
     *
     * @param begins when each begins
     * @param length how long each is; of those that overlap one longer one is made
     */
    record Again(Schedule.Cron begins, Duration length) implements Times {}
  }

  /** Whether it is about a test. */
  public boolean isAbout(TestDefinition test) {
    return (tags.isEmpty() && tests.isEmpty())
        || tests.contains(test.id())
        || test.tags().stream().anyMatch(tags::contains);
  }
}
