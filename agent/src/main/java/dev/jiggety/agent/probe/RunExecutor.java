package dev.jiggety.agent.probe;

import dev.jiggety.base.Secret;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.EvidenceRules;
import dev.jiggety.model.rules.Verdicts;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes runs of measurements: as many samples as the test asks for, retries before a failure
 * counts, and the verdict. Any number of threads may run tests at once; only so many measure at the
 * same time, so that the node's own load is not taken for the site's slowness. Waiting for a place
 * counts as lateness of the run.
 */
public final class RunExecutor {
  private static final Logger LOG = System.getLogger(RunExecutor.class.getName());

  private final Function<String, Optional<Probe>> probes;
  private final HiccupMeter meter;
  private final InstantSource clock;
  private final Semaphore places;
  private final Pause pause;
  private final Monitor monitor;
  private final SecretResolver secrets;

  /** Hears of each measurement, on the thread that makes it. */
  public interface Monitor {
    /** One begins. */
    void begins(TestDefinition test);

    /**
     * It is over.
     *
     * @param broke what the probe threw; null when it did what it should, whatever the sample says
     */
    void ends(TestDefinition test, @Nullable Throwable broke);

    /** Nobody listens. */
    Monitor NONE =
        new Monitor() {
          @Override
          public void begins(TestDefinition test) {}

          @Override
          public void ends(TestDefinition test, @Nullable Throwable broke) {}
        };
  }

  /** Waits between retries; a test passes time instead. */
  @FunctionalInterface
  public interface Pause {
    /** Waits. */
    void of(Duration time) throws InterruptedException;

    /** {@link Thread#sleep}. */
    Pause SLEEP = Thread::sleep;
  }

  /**
   * An executor.
   *
   * @param probes finds the probe for a kind, as {@link Probes#find}
   * @param concurrent how many may measure at the same time, at least 1
   */
  public RunExecutor(
      Function<String, Optional<Probe>> probes,
      HiccupMeter meter,
      InstantSource clock,
      int concurrent,
      Pause pause) {
    this(probes, meter, clock, concurrent, pause, Monitor.NONE, Secrets.NONE);
  }

  /** An executor to which somebody listens, and that knows secrets. */
  public RunExecutor(
      Function<String, Optional<Probe>> probes,
      HiccupMeter meter,
      InstantSource clock,
      int concurrent,
      Pause pause,
      Monitor monitor,
      Secrets secrets) {
    this.secrets = new SecretResolver(secrets);
    this.monitor = monitor;
    this.probes = probes;
    this.meter = meter;
    this.clock = clock;
    this.places = new Semaphore(concurrent, true);
    this.pause = pause;
  }

  /**
   * Runs a test and waits for the end.
   *
   * @param planned when it should have begun; now, if nobody planned it
   * @throws InterruptedException when it was told to stop; then there is no run
   */
  public Run run(TestDefinition test, String node, Instant planned) throws InterruptedException {
    Attempts attempts = new Attempts(test);
    Optional<Duration> lateness = Optional.empty();
    Attempts.Step step = Attempts.Step.MEASURE;
    while (step != Attempts.Step.DONE) {
      if (step == Attempts.Step.RETRY) {
        pause.of(test.retries().delay()); // without a place: others may measure meanwhile
      }
      places.acquire();
      try {
        if (lateness.isEmpty()) {
          lateness = Optional.of(lateness(planned));
        }
        step = attempts.add(measure(test));
      } finally {
        places.release();
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return EvidenceRules.bounded(
        new Run(
            test.id(),
            node,
            planned,
            lateness.orElse(Duration.ZERO),
            attempts.samples(),
            attempts.retried(),
            Verdicts.ofRun(attempts.samples(), test.degraded())));
  }

  private Duration lateness(Instant planned) {
    Duration late = Duration.between(planned, clock.instant());
    return late.isNegative() ? Duration.ZERO : late;
  }

  private Sample measure(TestDefinition test) {
    Optional<Probe> probe = probes.apply(test.check().kind());
    Instant started = clock.instant();
    if (probe.isEmpty()) {
      return broken(started, "this node has no probe for tests of kind " + test.check().kind());
    }
    Map<String, Secret> known;
    try {
      known = secrets.of(test);
    } catch (SecretMissingException e) {
      return broken(started, String.valueOf(e.getMessage())); // and nothing is sent
    }
    Throwable broke = null;
    monitor.begins(test);
    try (HiccupMeter.Watch watch = meter.watch()) {
      Sample sample =
          probe
              .get()
              .measure(new Probe.Request(test.check(), test.timeout(), test.assertions(), known));
      Duration standstill = Duration.ofNanos(watch.standstill());
      return Masking.of(known.values()).mask(sample).withHiccup(standstill);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      broke = e;
      if (known.isEmpty()) {
        LOG.log(Level.ERROR, "the probe failed on " + test.id(), e);
      } else { // what was thrown may hold a secret
        LOG.log(Level.ERROR, "the probe failed on {0}: {1}", test.id(), e.getClass().getName());
      }
      return broken(started, "the probe failed: " + e.getClass().getSimpleName());
    } finally {
      monitor.ends(test, broke);
    }
  }

  private static Sample broken(Instant started, String text) {
    return new Sample(
        started,
        Duration.ZERO,
        Phases.NONE,
        0,
        0,
        List.of(),
        new Failure(ErrorKind.INTERNAL, null, text),
        Duration.ZERO);
  }
}
