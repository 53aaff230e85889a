package dev.jiggety.agent.slot;

import dev.jiggety.agent.slot.TestReader.Changed;
import dev.jiggety.model.SlotReport.Shadow;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Shadows;
import dev.jiggety.model.rules.Shadows.Judgement;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs changed tests in both slots, old and new definition side by side, again and again until they
 * pass or the trial is over. Only so many at a time, so that the tests in force are not disturbed;
 * one that takes much longer than it may is the fault of the candidate.
 */
final class ShadowRunner {
  private static final Logger LOG = System.getLogger(ShadowRunner.class.getName());
  private static final int AT_ONCE = 16;
  private static final Duration MARGIN = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final SlotHost host;
  private final Consumer<SlotEvent> events;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private @Nullable ExecutorService threads;

  ShadowRunner(SlotHost host, Consumer<SlotEvent> events) {
    this.host = host;
    this.events = events;
  }

  /** Begins, in the place of what ran before. */
  synchronized void start(String digest, List<Changed> tests) {
    stop();
    ExecutorService started = Executors.newVirtualThreadPerTaskExecutor();
    threads = started;
    for (Changed test : tests) {
      started.execute(() -> runUntilJudged(started, digest, test));
    }
  }

  /** Ends at once what goes on; does not wait for it. */
  synchronized void stop() {
    if (threads != null) {
      threads.shutdownNow();
      threads = null;
    }
  }

  private void runUntilJudged(ExecutorService in, String digest, Changed test) {
    Shadow runs = new Shadow(test.next().id(), 0, 0, 0, 0);
    Duration pause = FIRST_PAUSE;
    try {
      while (!in.isShutdown()) {
        Shadow more = round(in, digest, test, runs);
        if (!in.isShutdown() && !more.equals(runs)) {
          events.accept(new SlotEvent.ShadowRan(digest, more));
        }
        runs = more;
        if (Shadows.judge(runs, Integer.MAX_VALUE) == Judgement.PASSED) {
          return;
        }
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the trial is over
    } catch (RuntimeException e) {
      if (!in.isShutdown()) {
        LOG.log(Level.ERROR, "the trial of " + test.next().id() + " broke", e);
      }
    }
  }

  /** Both at the same time, so that both see the site in the same state. */
  private Shadow round(ExecutorService in, String digest, Changed test, Shadow before)
      throws InterruptedException {
    TestDefinition oldTest = test.old();
    places.acquire(oldTest == null ? 1 : 2);
    try {
      Future<Verdict> next = in.submit(() -> host.run(test.next()));
      Future<Verdict> old = oldTest == null ? null : in.submit(() -> host.run(oldTest));
      Verdict nextSays = await(in, next, test.next(), digest, true);
      Verdict oldSays =
          old == null || oldTest == null ? Verdict.UNKNOWN : await(in, old, oldTest, digest, false);
      return new Shadow(
          before.testId(),
          before.oldPassed() + passed(oldSays),
          before.oldFailed() + failed(oldSays),
          before.newPassed() + passed(nextSays),
          before.newFailed() + failed(nextSays));
    } finally {
      places.release(oldTest == null ? 1 : 2);
    }
  }

  private Verdict await(
      ExecutorService in, Future<Verdict> run, TestDefinition test, String digest, boolean isNew)
      throws InterruptedException {
    Duration longest = longest(test);
    try {
      return await(run, test, longest);
    } catch (TimeoutException e) {
      run.cancel(true);
      failed(
          in,
          isNew,
          digest,
          "the test %s hangs: it does not end within %s"
              .formatted(test.id(), longest.toSeconds() + " s"));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException();
      }
      Throwable why = e.getCause() == null ? e : e.getCause();
      failed(
          in,
          isNew,
          digest,
          "the test %s crashes its executor: %s"
              .formatted(test.id(), why.getClass().getSimpleName()));
    }
    return Verdict.UNKNOWN;
  }

  /** Waits so long, and as long again as the run itself had to wait before it could measure. */
  private Verdict await(Future<Verdict> run, TestDefinition test, Duration longest)
      throws InterruptedException, ExecutionException, TimeoutException {
    long begun = System.nanoTime();
    Duration left = longest;
    while (true) {
      try {
        return run.get(left.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        Duration passed = Duration.ofNanos(System.nanoTime() - begun);
        left = longest.plus(host.waited(test)).minus(passed);
        if (!left.isPositive()) {
          throw e;
        }
      }
    }
  }

  private void failed(ExecutorService in, boolean isNew, String digest, String text) {
    if (isNew && !in.isShutdown()) {
      events.accept(new SlotEvent.ExecutorFailed(digest, text));
    }
  }

  /** What all samples and retries may take together, and something on top. */
  static Duration longest(TestDefinition test) {
    long tries = (long) test.samples() * (1 + test.retries().count());
    return test.timeout()
        .plus(test.check().preparation())
        .multipliedBy(tries)
        .plus(test.retries().delay().multipliedBy(tries))
        .plus(MARGIN);
  }

  private static int passed(Verdict verdict) {
    return verdict == Verdict.UP || verdict == Verdict.DEGRADED ? 1 : 0;
  }

  private static int failed(Verdict verdict) {
    return verdict == Verdict.DOWN ? 1 : 0;
  }
}
