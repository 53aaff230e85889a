package dev.jiggety.desktop.view.results;

import dev.jiggety.repository.HistoryRepository.Step;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How closely results are read: every sample, or sums over steps of time. */
public enum Resolution {
  RAW(null, Duration.ofHours(6)),
  MINUTE(Step.MINUTE, Duration.ofHours(6)),
  HOUR(Step.HOUR, Duration.ofDays(7)),
  DAY(Step.DAY, Duration.ofDays(400));

  /** More samples are not read at once, however much time there is: the hub has other work too. */
  static final int MOST_SAMPLES = 300_000;

  private static final Duration LONGEST_RAW = Duration.ofDays(31);

  private final @Nullable Step step;
  private final Duration piece;

  Resolution(@Nullable Step step, Duration piece) {
    this.step = step;
    this.piece = piece;
  }

  /** The step to ask for; null for every sample. */
  public @Nullable Step step() {
    return step;
  }

  /** How long a step is, in milliseconds; 0 for every sample. */
  public long length() {
    return switch (this) {
      case RAW -> 0;
      case MINUTE -> 60_000;
      case HOUR -> 3_600_000;
      case DAY -> 86_400_000;
    };
  }

  /** How much is asked for at a time, so that there is something to see meanwhile. */
  Duration piece() {
    return piece;
  }

  /**
   * The closest one that is worth reading.
   *
   * @param span in milliseconds
   * @param samplesPerDay how many there are of all nodes together, about
   * @param pixels how wide the chart is
   */
  public static Resolution of(long span, double samplesPerDay, int pixels) {
    double days = span / 86_400_000.0;
    if (days * samplesPerDay <= MOST_SAMPLES && span <= LONGEST_RAW.toMillis()) {
      return RAW;
    }
    for (Resolution closer : new Resolution[] {MINUTE, HOUR}) {
      if (span / closer.length() <= pixels) {
        return closer;
      }
    }
    return DAY;
  }
}
