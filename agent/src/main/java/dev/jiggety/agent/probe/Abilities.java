package dev.jiggety.agent.probe;

import dev.jiggety.agent.judge.Judge;
import dev.jiggety.base.Problem;
import dev.jiggety.model.TestDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Whether tests can run on this machine. Safe for any thread. */
public final class Abilities {
  private final Function<String, Optional<Probe>> probes;
  private final SecretResolver secrets;

  /**
   * By what is there.
   *
   * @param probes finds the probe for a kind, as {@link Probes#find}
   */
  public Abilities(Function<String, Optional<Probe>> probes, Secrets secrets) {
    this.probes = probes;
    this.secrets = new SecretResolver(secrets);
  }

  /** What is lacking to run a test, a line each; empty when nothing is. */
  public List<String> lacks(TestDefinition test) {
    List<String> lacks = new ArrayList<>();
    Optional<Probe> probe = probes.apply(test.check().kind());
    if (probe.isEmpty()) {
      lacks.add("this node has no probe for tests of kind " + test.check().kind());
    } else {
      probe.get().problems(test.check()).stream().map(Problem::toString).forEach(lacks::add);
    }
    Judge.problems(test.assertions()).stream().map(Problem::toString).forEach(lacks::add);
    try {
      secrets.of(test);
    } catch (SecretMissingException e) {
      lacks.add(String.valueOf(e.getMessage()));
    }
    return lacks;
  }
}
