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
 */
public record Degraded(@Nullable Duration total, Map<Phase, Duration> phases) {
  /** Never degraded. */
  public static final Degraded NEVER = new Degraded(null, Map.of());

  public Degraded {
    phases = Collections.unmodifiableMap(new TreeMap<>(phases));
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
