package dev.jiggety.agent.node;

import dev.jiggety.agent.probe.HiccupMeter;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.agent.probe.RunExecutor;
import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs tests of which nothing is kept: those that a candidate changes, while it is on trial. It has
 * places of its own, so that the tests in force do not wait for them.
 */
final class TrialExecutor {
  private static final int AT_ONCE = 32;

  private final String node;
  private final InstantSource clock;
  private final RunExecutor executor;
  private final Map<Thread, Throwable> broken = new ConcurrentHashMap<>();

  TrialExecutor(String node, HiccupMeter meter, InstantSource clock, Secrets secrets) {
    this.node = node;
    this.clock = clock;
    this.executor =
        new RunExecutor(
            Probes::find,
            meter,
            clock,
            AT_ONCE,
            RunExecutor.Pause.SLEEP,
            new RunExecutor.Monitor() {
              @Override
              public void begins(TestDefinition test) {}

              @Override
              public void ends(TestDefinition test, @Nullable Throwable broke) {
                if (broke != null) {
                  broken.put(Thread.currentThread(), broke);
                }
              }
            },
            secrets);
  }

  /** Runs it once; what its probe throws comes out. */
  Verdict run(TestDefinition test) throws InterruptedException {
    try {
      Verdict verdict = executor.run(test, node, clock.instant()).verdict();
      Throwable why = broken.get(Thread.currentThread());
      if (why instanceof RuntimeException broke) {
        throw broke;
      }
      if (why instanceof Error broke) {
        throw broke;
      }
      return verdict;
    } finally {
      broken.remove(Thread.currentThread());
    }
  }
}
