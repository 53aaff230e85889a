package dev.jiggety.agent.worker;

import com.google.gson.JsonObject;
import dev.jiggety.agent.probe.BrokenProbeException;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.agent.probe.WorkerLostException;
import dev.jiggety.base.Durations;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One measurement in a worker, seen from the agent: waits for the sample, and watches over time and
 * memory. Tells the site's fault (the page never ends, or takes too much) from ours (the worker was
 * killed, or stood still).
 */
final class Measurement {
  private static final Duration TICK = Duration.ofMillis(250);
  private static final int TICKS_BETWEEN_TREES = 4;

  /** A worker that is alive says so four times a second. */
  private static final Duration SILENT = Duration.ofSeconds(1);

  /** What a JVM takes beside its heap. */
  private static final long BESIDE_HEAP = 384L << 20;

  /** A browser for a page has a dozen. */
  private static final int MOST_PROCESSES = 100;

  private static final Messages.Pulse NO_PULSE =
      new Messages.Pulse(Duration.ZERO, Duration.ZERO, 0);

  private static final int SIGNALS = 128;
  private static final int OUT_OF_MEMORY = 3;

  private final WorkerProcess worker;
  private final WorkerOptions options;
  private final Probe.Request request;
  private final Instant startedAt = Instant.now();
  private final long begun = System.nanoTime();
  private long collectedBefore = -1;
  private long pulseSeen;
  private Duration cpuAtPulse = Duration.ZERO;

  Measurement(WorkerProcess worker, WorkerOptions options, Probe.Request request) {
    this.worker = worker;
    this.options = options;
    this.request = request;
  }

  /**
   * Takes it. Afterwards the worker is alive only if there was an answer.
   *
   * @throws WorkerLostException when the worker was lost by our own trouble
   * @throws BrokenProbeException when the probe threw something
   */
  Sample take() throws InterruptedException {
    boolean answered = false;
    try {
      cpuAtPulse = worker.cpu();
      worker.measure(Messages.measure(request));
      Optional<Sample> sample = Optional.empty();
      for (int tick = 1; sample.isEmpty(); tick++) {
        WorkerProcess.Event event = worker.next(untilLook());
        answered = event instanceof WorkerProcess.Event.Said;
        sample = event == null ? look(tick) : of(event);
      }
      return sample.get();
    } finally {
      if (!answered) {
        worker.kill();
      }
    }
  }

  private Duration untilLook() {
    Duration left = limit().minus(passed());
    return left.compareTo(TICK) < 0 ? left : TICK;
  }

  private Duration limit() {
    return request.timeout().plus(request.check().preparation()).plus(options.grace());
  }

  private Duration passed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private Optional<Sample> of(WorkerProcess.Event event) {
    return Optional.of(
        switch (event) {
          case WorkerProcess.Event.Said(JsonObject message) -> answer(message);
          case WorkerProcess.Event.Garbled(String reason) ->
              throw new WorkerLostException("the worker was ended: " + reason, true);
          case WorkerProcess.Event.Ended(int exit) -> ended(exit);
        });
  }

  private Sample answer(JsonObject message) {
    try {
      return switch (Messages.kind(message)) {
        case Messages.SAMPLE -> Messages.readSample(message);
        case Messages.BROKE -> throw new BrokenProbeException(Messages.brokeName(message));
        case Messages.NO_MEMORY -> tooMuchMemory(options.heapMegabytes());
        default -> throw new IllegalStateException("no answer");
      };
    } catch (BrokenProbeException e) {
      throw e;
    } catch (RuntimeException e) {
      worker.kill();
      throw new WorkerLostException("the worker was ended: its answer cannot be read", true);
    }
  }

  private Sample ended(int exit) {
    if (exit == OUT_OF_MEMORY && worker.complained("OutOfMemoryError")) {
      return tooMuchMemory(options.heapMegabytes());
    }
    // A JVM that is sent one of these ends by them, or says that number; it never sends them.
    boolean fromOutside = exit == SIGNALS + 9 || exit == SIGNALS + 15 || exit == SIGNALS + 2;
    throw fromOutside
        ? new WorkerLostException(
            "the worker was killed from outside, by signal " + (exit - SIGNALS), false)
        : new WorkerLostException(
            "the worker ended in the middle of the measurement, with exit code " + exit, true);
  }

  /** Nothing was heard for a moment. */
  private Optional<Sample> look(int tick) {
    long pulseAt = worker.pulseAt();
    Messages.Pulse pulse = worker.pulse();
    if (pulseAt != pulseSeen) {
      pulseSeen = pulseAt;
      cpuAtPulse = worker.cpu();
    }
    if (collectedBefore < 0 && pulse != null) {
      collectedBefore = pulse.collecting().toNanos();
    }
    if (passed().compareTo(limit()) >= 0) {
      return Optional.of(overdue(pulse == null ? NO_PULSE : pulse));
    }
    if (ProcessMemory.of(worker.pid()) > (((long) options.heapMegabytes()) << 20) + BESIDE_HEAP) {
      return Optional.of(tooMuchMemory(options.heapMegabytes()));
    }
    return tick % TICKS_BETWEEN_TREES == 0 ? offspring() : Optional.empty();
  }

  private Optional<Sample> offspring() {
    Set<Long> offspring = worker.tree().offspring();
    if (offspring.size() > MOST_PROCESSES) {
      return Optional.of(failed(ErrorKind.LIMIT, "more than " + MOST_PROCESSES + " processes"));
    }
    long limit = ((long) options.treeMegabytes()) << 20;
    return ProcessMemory.of(offspring) > limit
        ? Optional.of(tooMuchMemory(options.treeMegabytes()))
        : Optional.empty();
  }

  private Sample overdue(Messages.Pulse pulse) {
    Duration silence = Duration.ofNanos(System.nanoTime() - worker.pulseAt());
    if (silence.compareTo(SILENT) > 0) {
      Duration worked = worker.cpu().minus(cpuAtPulse);
      if (worked.multipliedBy(4).compareTo(silence) < 0) {
        throw new WorkerLostException(
            "the worker stood still for " + silence.toSeconds() + " s", false);
      }
      if (pulse.heapUsed() >> 20 >= options.heapMegabytes() * 3L / 4) {
        return tooMuchMemory(options.heapMegabytes()); // it collects garbage, and finds none
      }
    }
    Duration collecting = Duration.ofNanos(pulse.collecting().toNanos() - collectedBefore);
    Duration idle = pulse.standstill().minus(collecting); // the page's garbage is the page's doing
    return failed(
            ErrorKind.TIMEOUT,
            "the %s did not end within %s".formatted(what(), Durations.format(request.timeout())))
        .withHiccup(idle.isNegative() ? Duration.ZERO : idle);
  }

  private Sample tooMuchMemory(int megabytes) {
    return failed(ErrorKind.LIMIT, "the %s took more than %d MB".formatted(what(), megabytes));
  }

  private Sample failed(ErrorKind kind, String text) {
    return new Sample(
        startedAt,
        passed(),
        Phases.NONE,
        0,
        0,
        List.of(),
        new Failure(kind, null, text),
        Duration.ZERO);
  }

  private String what() {
    return switch (request.check()) {
      case Check.Page _ -> "page";
      case Check.Script _ -> "script";
      default -> "test";
    };
  }
}
