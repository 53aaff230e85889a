package dev.jiggety.agent.node;

import dev.jiggety.agent.probe.RunExecutor;
import dev.jiggety.agent.trial.TrialHost;
import dev.jiggety.model.Run;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/** Runs tests that an operator asks for, in places of their own, and keeps nothing of them. */
record OnRequest(NodeConfig config, NodeSlots slots, RunExecutor executor, InstantSource clock)
    implements TrialHost {
  /** So many measure at a time besides those of the schedule. */
  static final int AT_ONCE = 2;

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public Collection<String> tags() {
    return config.tags();
  }

  @Override
  public Trust trust() {
    return slots.trust();
  }

  @Override
  public List<String> lacks(TestDefinition test) {
    return slots.lacks(test);
  }

  @Override
  public Run run(TestDefinition test) throws InterruptedException {
    return executor.run(test, config.name(), clock.instant());
  }

  @Override
  public Duration spread() {
    return slots.spread();
  }
}
