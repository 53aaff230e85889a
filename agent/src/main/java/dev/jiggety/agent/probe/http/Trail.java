package dev.jiggety.agent.probe.http;

import dev.jiggety.agent.exchange.HopAnswer;
import dev.jiggety.agent.exchange.TlsFacts;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Hop;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hops and steps so far. One hop begins where the one before ended: no time is lost. */
final class Trail {
  private final Instant startedAt;
  private final long start;
  private final List<Hop> hops = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private Phases phases = Phases.NONE;
  private Phases ofStep = Phases.NONE;
  private @Nullable HopAnswer last;
  private long stepStart;
  private long end;

  Trail(Instant startedAt, long start) {
    this.startedAt = startedAt;
    this.start = start;
    this.end = start;
    this.stepStart = start;
  }

  /** One more hop is over. */
  void add(HopAnswer answer) {
    hops.add(new Hop(answer.url(), answer.status(), answer.phases()));
    phases = phases.plus(answer.phases());
    ofStep = ofStep.plus(answer.phases());
    end = answer.end();
    last = answer;
  }

  /** The hops since the last step were one. */
  void step(String name, @Nullable Failure failure) {
    steps.add(
        new Step(
            name,
            0,
            Duration.ofNanos(stepStart - start),
            Duration.ofNanos(end - stepStart),
            ofStep,
            failure));
    stepStart = end;
    ofStep = Phases.NONE;
  }

  /** When the last hop was over, in nanoseconds of the monotonic clock. */
  long end() {
    return end;
  }

  Instant startedAt() {
    return startedAt;
  }

  /** The time of the hops since the last step. */
  Duration stepTotal() {
    return Duration.ofNanos(end - stepStart);
  }

  /** The phases of the hops since the last step. */
  Phases stepPhases() {
    return ofStep;
  }

  /** All of it. */
  Sample sample(@Nullable Failure failure) {
    HopAnswer answer = last;
    return new Sample(
        startedAt,
        Duration.ofNanos(end - start),
        phases,
        answer == null ? 0 : answer.status(),
        answer == null ? 0 : answer.body().bytes(),
        hops.size() <= 1 ? List.of() : hops,
        failure,
        Duration.ZERO,
        new Findings(
            steps.size() <= 1 ? List.of() : steps,
            answer == null ? List.of() : answer.body().chunks(),
            null,
            failure == null || answer == null || answer.status() == 0 ? null : evidence(answer),
            answer == null ? null : certificateEnds(answer.tls())));
  }

  private @Nullable Instant certificateEnds(@Nullable TlsFacts tls) {
    return tls == null
        ? null
        : tls.ends().filter(ends -> Findings.isSoon(ends, startedAt)).orElse(null);
  }

  private static Evidence evidence(HopAnswer answer) {
    int length = Math.min(answer.body().kept().size(), Walk.LONGEST_EVIDENCE);
    return new Evidence(
        answer.url(),
        answer.status(),
        answer.headers(),
        answer.body().kept().substring(0, length).string(answer.body().charset()),
        List.of(),
        List.of(),
        null);
  }
}
