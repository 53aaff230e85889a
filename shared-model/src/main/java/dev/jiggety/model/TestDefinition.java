package dev.jiggety.model;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What to check, when, from which nodes, and how sure to be. Any value can be built, right or
 * wrong; {@code model.rules.TestRules} says what is wrong with it, place by place.
 *
 * @param id lower-case letters, digits and hyphens, 1 to 64, begins with a letter or digit; never
 *     changes
 * @param name for people
 * @param active whether it runs at all
 * @param tags to find and group it
 * @param check what it does
 * @param schedule when
 * @param where on which nodes
 * @param samples measurements per run, 1 to 20
 * @param timeout for one measurement, 100 ms to 2 min
 * @param retries before a failure counts
 * @param quorum how many nodes must agree
 * @param degraded from when on it is too slow
 * @param depends the ids of tests that must be up for this one to be: as long as one of them is
 *     down, nobody is told of this one
 * @param assertions what the answer must fulfil; none at all means a status of 200 to 399
 */
public record TestDefinition(
    String id,
    String name,
    boolean active,
    NavigableSet<String> tags,
    Check check,
    Schedule schedule,
    Placement where,
    int samples,
    Duration timeout,
    Retries retries,
    Quorum quorum,
    Degraded degraded,
    NavigableSet<String> depends,
    List<Assertion> assertions) {

  public TestDefinition {
    tags = Collections.unmodifiableNavigableSet(new TreeSet<>(tags));
    depends = Collections.unmodifiableNavigableSet(new TreeSet<>(depends));
    assertions = List.copyOf(assertions);
  }

  /** A test with the defaults: every minute, everywhere, one sample, 10 s, one retry, majority. */
  public static Builder builder(String id, Check check) {
    return new Builder(id, check);
  }

  /** A builder that starts from this test. */
  public Builder toBuilder() {
    return new Builder(id, check)
        .name(name)
        .active(active)
        .tags(tags)
        .schedule(schedule)
        .where(where)
        .samples(samples)
        .timeout(timeout)
        .retries(retries)
        .quorum(quorum)
        .degraded(degraded)
        .depends(depends)
        .assertions(assertions);
  }

  /** Collects the parts of a {@link TestDefinition}. Not thread-safe. */
  public static final class Builder {
    private String id;
    private Check check;
    private String name;
    private boolean active = true;
    private Collection<String> tags = List.of();
    private Schedule schedule = new Schedule.Every(Duration.ofMinutes(1));
    private Placement where = Placement.EVERYWHERE;
    private int samples = 1;
    private Duration timeout = Duration.ofSeconds(10);
    private Retries retries = Retries.DEFAULT;
    private Quorum quorum = Quorum.MAJORITY;
    private Degraded degraded = Degraded.NEVER;
    private Collection<String> depends = List.of();
    private List<Assertion> assertions = List.of();

    private Builder(String id, Check check) {
      this.id = id;
      this.name = id;
      this.check = check;
    }

    public Builder id(String value) {
      id = value;
      return this;
    }

    public Builder check(Check value) {
      check = value;
      return this;
    }

    public Builder name(String value) {
      name = value;
      return this;
    }

    public Builder active(boolean value) {
      active = value;
      return this;
    }

    public Builder tags(Collection<String> value) {
      tags = value;
      return this;
    }

    public Builder schedule(Schedule value) {
      schedule = value;
      return this;
    }

    public Builder where(Placement value) {
      where = value;
      return this;
    }

    public Builder samples(int value) {
      samples = value;
      return this;
    }

    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    public Builder retries(Retries value) {
      retries = value;
      return this;
    }

    public Builder quorum(Quorum value) {
      quorum = value;
      return this;
    }

    public Builder degraded(Degraded value) {
      degraded = value;
      return this;
    }

    public Builder depends(Collection<String> value) {
      depends = value;
      return this;
    }

    public Builder assertions(List<Assertion> value) {
      assertions = value;
      return this;
    }

    /** The test; right or wrong, see {@code model.rules.TestRules}. */
    public TestDefinition build() {
      return new TestDefinition(
          id,
          name,
          active,
          new TreeSet<>(tags),
          check,
          schedule,
          where,
          samples,
          timeout,
          retries,
          quorum,
          degraded,
          new TreeSet<>(depends),
          assertions);
    }
  }
}
