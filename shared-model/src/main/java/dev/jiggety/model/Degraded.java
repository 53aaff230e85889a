package dev.jiggety.model;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From when on a test that passes is called degraded.
 *
 * @param total the longest total time that is still fine; null for no limit
 * @param phases the same for single phases
 * @param percentile what must hold over a span of time; null for nothing
 */
public record Degraded(
    @Nullable Duration total, Map<Phase, Duration> phases, @Nullable Percentile percentile) {
  /** Never degraded. */
  public static final Degraded NEVER = new Degraded(null, Map.of());

  public Degraded {
    phases = Collections.unmodifiableMap(new TreeMap<>(phases));
  }

  /** Limits of single samples alone. */
  public Degraded(@Nullable Duration total, Map<Phase, Duration> phases) {
    this(total, phases, null);
  }

  /**
   * A limit that a share of all samples that passed has to keep, over all nodes together. Fewer
   * samples than {@link #fewest} say nothing.
   *
   * @param share in hundredths, like 95: 50 to 99
   * @param over the span, up to the run in question
   * @param limit the longest total time that is still fine for that share
   */
  public record Percentile(int share, Duration over, Duration limit) {
    /** So many that one of them alone is not the percentile: 20 for 95. */
    public int fewest() {
      return Math.ceilDiv(100, Math.max(1, 100 - share));
    }
  }

  /** Whether a sample that passed is slower than this allows. */
  public boolean isExceededBy(Sample sample) {
    return (total != null && sample.total().compareTo(total) > 0)
        || phases.entrySet().stream()
            .anyMatch(limit ->
                sample
                    .phases()
                    .time(limit.getKey())
                    .filter(time -> time.compareTo(limit.getValue()) > 0)
                    .isPresent());
  }
}
