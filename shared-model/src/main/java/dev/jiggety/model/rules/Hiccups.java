package dev.jiggety.model.rules;

import dev.jiggety.model.Degraded;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of samples during which the node itself stood still. Its own slowness is never the
 * site's: such a sample is left out of statistics, is taken again where it would count against the
 * site, and is judged without the standstill where it counts after all.
 */
public final class Hiccups {
  private static final Duration SMALL = Duration.ofMillis(1);

  /** A server hangs up on a client that has stood still, but none does so sooner. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private Hiccups() {}

  /**
   * Whether the times of a sample are further off than they may be: by more than a millisecond and
   * a hundredth of the total. Then they say nothing about the site.
   */
  public static boolean distort(Sample sample) {
    Duration hiccup = sample.hiccup();
    return hiccup.compareTo(SMALL) > 0 && hiccup.multipliedBy(100).compareTo(sample.total()) > 0;
  }

  /**
   * Whether the node stood still for long enough to explain a failure that time can explain: at
   * least a tenth of the total.
   */
  public static boolean explain(Sample sample) {
    return !sample.hiccup().isZero()
        && isAboutTime(sample)
        && sample.hiccup().multipliedBy(10).compareTo(sample.total()) >= 0;
  }

  /** Whether a sample is to be taken again before it counts against the site. */
  public static boolean callForAnother(Sample sample, Degraded limits) {
    boolean against = sample.passed() ? limits.isExceededBy(sample) : isAboutTime(sample);
    return against && distort(sample);
  }

  /**
   * The samples whose times say something about the site, for statistics; all of them where the
   * node stood still during each.
   */
  public static List<Sample> leaveOut(List<Sample> samples) {
    List<Sample> sound = samples.stream().filter(sample -> !distort(sample)).toList();
    return sound.isEmpty() ? samples : sound;
  }

  /** Slower than the limits allow even without the standstill, wherever it was. */
  static boolean isSlowAllTheSame(Sample sample, Degraded limits) {
    return limits.isExceededBy(sample)
        && (sample.hiccup().isZero() || limits.isExceededBy(without(sample)));
  }

  private static Sample without(Sample sample) {
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    sample
        .phases()
        .happened()
        .forEach((phase, time) -> phases.put(phase, minus(time, sample.hiccup())));
    return new Sample(
        sample.startedAt(),
        minus(sample.total(), sample.hiccup()),
        Phases.of(phases),
        sample.status(),
        sample.bytes(),
        sample.hops(),
        sample.failure(),
        Duration.ZERO);
  }

  private static boolean isAboutTime(Sample sample) {
    Failure failure = sample.failure();
    if (failure == null) {
      return false;
    }
    return switch (failure.kind()) {
      case TIMEOUT, SLOW -> true;
      case RESET -> sample.hiccup().compareTo(PATIENCE) >= 0;
      default -> false;
    };
  }

  private static Duration minus(Duration time, Duration hiccup) {
    Duration rest = time.minus(hiccup);
    return rest.isNegative() ? Duration.ZERO : rest;
  }
}
