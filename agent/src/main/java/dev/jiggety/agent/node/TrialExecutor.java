package dev.jiggety.agent.node;

import dev.jiggety.agent.probe.HiccupMeter;
import dev.jiggety.agent.probe.Isolation;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.agent.probe.RunExecutor;
import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.time.Duration;
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
  private final Map<Thread, Trial> running = new ConcurrentHashMap<>();

  /** A run under way. Waiting for a worker is not the test's doing. */
  private static final class Trial {
    private final TestDefinition test;
    private volatile @Nullable Throwable broke;
    private long waited;
    private long waitsSince;
    private boolean waits;

    private Trial(TestDefinition test) {
      this.test = test;
    }

    private synchronized void waits(boolean now) {
      waited = waited().toNanos();
      waits = now;
      waitsSince = System.nanoTime();
    }

    private synchronized Duration waited() {
      return Duration.ofNanos(waited + (waits ? System.nanoTime() - waitsSince : 0));
    }
  }

  TrialExecutor(
      String node, Isolation isolation, HiccupMeter meter, InstantSource clock, Secrets secrets) {
    this.node = node;
    this.clock = clock;
    this.executor =
        new RunExecutor(
            Probes::find,
            () -> take(isolation),
            meter,
            clock,
            AT_ONCE,
            RunExecutor.Pause.SLEEP,
            new RunExecutor.Monitor() {
              @Override
              public void begins(TestDefinition test) {}

              @Override
              public void ends(TestDefinition test, @Nullable Throwable broke) {
                Trial trial = running.get(Thread.currentThread());
                if (broke != null && trial != null) {
                  trial.broke = broke;
                }
              }
            },
            secrets);
  }

  /** Runs it once; what its probe throws comes out. */
  Verdict run(TestDefinition test) throws InterruptedException {
    Trial trial = new Trial(test);
    running.put(Thread.currentThread(), trial);
    try {
      Verdict verdict = executor.run(test, node, clock.instant()).verdict();
      Throwable why = trial.broke;
      if (why instanceof RuntimeException broke) {
        throw broke;
      }
      if (why instanceof Error broke) {
        throw broke;
      }
      return verdict;
    } finally {
      running.remove(Thread.currentThread());
    }
  }

  /** How long the run of a test that is under way has waited for a worker. */
  Duration waited(TestDefinition test) {
    return running.values().stream()
        .filter(trial -> trial.test.equals(test))
        .map(Trial::waited)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private Isolation.Place take(Isolation isolation) throws InterruptedException {
    Trial trial = running.get(Thread.currentThread());
    if (trial == null) {
      return isolation.take();
    }
    trial.waits(true);
    try {
      return isolation.take();
    } finally {
      trial.waits(false);
    }
  }
}
