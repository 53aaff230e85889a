package dev.jiggety.agent.bench.history;

import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Times as they are measured: each phase log-normal around its own middle, slower by day, with a
 * long tail and now and then a failure. The same seed gives the same times.
 */
public final class NoisySite {
  private final Random random;
  private final String test;
  private final String node;
  private final double slowness;

  /** A site as one node sees it. */
  public NoisySite(String test, String node) {
    this.test = test;
    this.node = node;
    this.random = new Random((test + "|" + node).hashCode());
    this.slowness = 0.7 + random.nextDouble();
  }

  /** The next run. */
  public Run run(Instant planned) {
    double busy = 1 + 0.3 * Math.sin(planned.getEpochSecond() / 86_400.0 * 2 * Math.PI);
    double tail = random.nextInt(50) == 0 ? 1 + 4 * random.nextDouble() : 1;
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    phases.put(Phase.BLOCKED, Duration.ZERO);
    phases.put(Phase.DNS, time(1_500, 0.5));
    phases.put(Phase.CONNECT, time(9_000 * slowness, 0.1));
    phases.put(Phase.SSL, time(22_000 * slowness, 0.1));
    phases.put(Phase.SEND, time(120, 0.3));
    phases.put(Phase.WAIT, time(60_000 * slowness * busy * tail, 0.25));
    phases.put(Phase.RECEIVE, time(2_500 * slowness, 0.3));
    Duration total = time(150, 0.3);
    for (Duration phase : phases.values()) {
      total = total.plus(phase);
    }
    boolean isDown = random.nextInt(200) == 0;
    Failure failure =
        isDown ? new Failure(ErrorKind.ASSERTION, Phase.RECEIVE, "status: expected 200") : null;
    Duration late = Duration.ofMillis((long) (2 + Math.exp(random.nextGaussian())));
    Sample sample =
        new Sample(
            planned.plus(late),
            total,
            Phases.of(phases),
            isDown ? 503 : 200,
            5_120,
            List.of(),
            failure,
            Duration.ZERO);
    return new Run(
        test, node, planned, late, List.of(sample), List.of(), isDown ? Verdict.DOWN : Verdict.UP);
  }

  private Duration time(double middleMicros, double spread) {
    return Duration.ofNanos(
        1000 * (long) (middleMicros * Math.exp(spread * random.nextGaussian())));
  }
}
