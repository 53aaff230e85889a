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
 * counts as lateness of the run. Probes that run what others have written are measured in isolation
 * and have places of their own.
 */
public final class RunExecutor {
  private static final Logger LOG = System.getLogger(RunExecutor.class.getName());

  /** A worker that is lost by our own trouble says nothing about the site; a fresh one may. */
  private static final int ATTEMPTS_IN_ISOLATION = 2;

  private final Function<String, Optional<Probe>> probes;
  private final Isolation isolation;
  private final HiccupMeter meter;
  private final InstantSource clock;
  private final Semaphore places;
  private final Pause pause;
  private final Monitor monitor;
  private final SecretResolver secrets;
  private final Outlook outlook;

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

  /** An executor for probes that need no isolation. */
  public RunExecutor(
      Function<String, Optional<Probe>> probes,
      HiccupMeter meter,
      InstantSource clock,
      int concurrent,
      Pause pause) {
    this(probes, Isolation.NONE, meter, clock, concurrent, pause);
  }

  /**
   * An executor.
   *
   * @param probes finds the probe for a kind, as {@link Probes#find}
   * @param isolation where probes are measured that ask for it
   * @param concurrent how many others may measure at the same time, at least 1
   */
  public RunExecutor(
      Function<String, Optional<Probe>> probes,
      Isolation isolation,
      HiccupMeter meter,
      InstantSource clock,
      int concurrent,
      Pause pause) {
    this(probes, isolation, meter, clock, concurrent, pause, Monitor.NONE, Secrets.NONE);
  }

  /** An executor to which somebody listens, and that knows secrets. */
  public RunExecutor(
      Function<String, Optional<Probe>> probes,
      Isolation isolation,
      HiccupMeter meter,
      InstantSource clock,
      int concurrent,
      Pause pause,
      Monitor monitor,
      Secrets secrets) {
    this(probes, isolation, meter, clock, concurrent, pause, monitor, secrets, Outlook.NONE);
  }

  /** An executor that knows besides whether it reaches anything at all. */
  public RunExecutor(
      Function<String, Optional<Probe>> probes,
      Isolation isolation,
      HiccupMeter meter,
      InstantSource clock,
      int concurrent,
      Pause pause,
      Monitor monitor,
      Secrets secrets,
      Outlook outlook) {
    this.outlook = outlook;
    this.secrets = new SecretResolver(secrets);
    this.monitor = monitor;
    this.probes = probes;
    this.isolation = isolation;
    this.meter = meter;
    this.clock = clock;
    this.places = new Semaphore(concurrent, true);
    this.pause = pause;
  }

  /**
   * Begins something that will {@link #run} tests, on a thread that can measure by itself. What
   * blocks in a socket there does not heed an interrupt.
   */
  public void begin(Runnable runs) {
    meter.begin(runs);
  }

  /**
   * Runs a test and waits for the end.
   *
   * @param planned when it should have begun; now, if nobody planned it
   * @throws InterruptedException when it was told to stop; then there is no run
   */
  public Run run(TestDefinition test, String node, Instant planned) throws InterruptedException {
    Attempts attempts = new Attempts(test);
    Start start = new Start(planned);
    Attempts.Step step = Attempts.Step.MEASURE;
    while (step != Attempts.Step.DONE) {
      if (step == Attempts.Step.RETRY) {
        pause.of(test.retries().delay()); // without a place: others may measure meanwhile
      }
      step = attempts.add(outlook.judged(sample(test, start))); // without a place: it may take time
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return EvidenceRules.bounded(
        new Run(
            test.id(),
            node,
            planned,
            start.lateness.orElse(Duration.ZERO),
            attempts.samples(),
            attempts.retried(),
            Verdicts.ofRun(attempts.samples(), test.degraded())));
  }

  /** When a run truly began: as soon as it had its first place. */
  private final class Start {
    private final Instant planned;
    private Optional<Duration> lateness = Optional.empty();

    private Start(Instant planned) {
      this.planned = planned;
    }

    private void now() {
      if (lateness.isEmpty()) {
        Duration late = Duration.between(planned, clock.instant());
        lateness = Optional.of(late.isNegative() ? Duration.ZERO : late);
      }
    }
  }

  private Sample sample(TestDefinition test, Start start) throws InterruptedException {
    Optional<Probe> probe = probes.apply(test.check().kind());
    if (probe.isEmpty()) {
      start.now();
      return broken(
          clock.instant(), "this node has no probe for tests of kind " + test.check().kind());
    }
    Map<String, Secret> known;
    try {
      known = secrets.of(test);
    } catch (SecretMissingException e) {
      start.now();
      return broken(clock.instant(), String.valueOf(e.getMessage())); // and nothing is sent
    }
    Probe.Request request =
        new Probe.Request(test.check(), test.timeout(), test.assertions(), known);
    Sample sample =
        probe.get().isolated()
            ? inIsolation(test, request, start)
            : here(test, request, probe.get(), start);
    return Masking.of(known.values()).mask(sample);
  }

  private Sample here(TestDefinition test, Probe.Request request, Probe probe, Start start)
      throws InterruptedException {
    places.acquire();
    try {
      start.now();
      return measure(test, request, asked -> meter.measured(() -> probe.measure(asked)), true);
    } finally {
      places.release();
    }
  }

  private Sample inIsolation(TestDefinition test, Probe.Request request, Start start)
      throws InterruptedException {
    String reason = "";
    for (int attempt = 1; attempt <= ATTEMPTS_IN_ISOLATION; attempt++) {
      try (Isolation.Place place = isolation.take()) {
        start.now();
        return measure(test, request, place::measure, attempt == ATTEMPTS_IN_ISOLATION);
      } catch (WorkerLostException e) {
        reason = String.valueOf(e.getMessage());
        LOG.log(Level.DEBUG, "the worker of {0} was lost: {1}", test.id(), reason);
      }
    }
    start.now();
    return broken(clock.instant(), reason);
  }

  /** How one measurement is taken. */
  private interface Way {
    Sample measure(Probe.Request request) throws InterruptedException;
  }

  /**
   * Takes one measurement.
   *
   * @param last whether a worker that crashes gets no second chance
   */
  private Sample measure(TestDefinition test, Probe.Request request, Way way, boolean last)
      throws InterruptedException {
    Instant started = clock.instant();
    Throwable broke = null;
    monitor.begins(test);
    try {
      return way.measure(request);
    } catch (WorkerLostException e) {
      broke = last && e.crashed() ? e : null;
      throw e;
    } catch (BrokenProbeException e) {
      broke = e;
      return broken(started, "the probe failed: " + e.getMessage());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      broke = e;
      if (request.secrets().isEmpty()) {
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
