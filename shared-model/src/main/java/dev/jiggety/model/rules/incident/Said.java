package dev.jiggety.model.rules.incident;

import dev.jiggety.model.Failure;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.incident.Word.Doubt;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A word as a history keeps it: there are hundreds of thousands. Times are milliseconds since 1970.
 *
 * @param staleAt the last millisecond at which it counts
 * @param totals microseconds; empty where the test does not judge by them
 * @param certificateEnds {@link #NEVER} for none that ends soon
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and there are many
record Said(
    String node,
    long planned,
    long start,
    long end,
    long staleAt,
    Verdict verdict,
    @Nullable Failure failure,
    @Nullable Doubt doubt,
    long[] totals,
    long certificateEnds,
    String batch) {
  static final long NEVER = Long.MAX_VALUE;

  /** By their ends; of the same test. */
  static final Comparator<Said> ORDER =
      Comparator.comparingLong((Said said) -> said.end)
          .thenComparing(said -> said.node)
          .thenComparingLong(said -> said.planned);

  private static final long[] NO_TOTALS = {};

  static Said of(Word word, String node, long freshFor, boolean withTotals) {
    Instant ends = word.certificateEnds();
    long start = word.start().toEpochMilli();
    return new Said(
        node,
        word.planned().toEpochMilli(),
        start,
        word.end().toEpochMilli(),
        start + freshFor,
        word.verdict(),
        word.failure(),
        word.doubt(),
        withTotals ? word.totals().stream().mapToLong(Said::micros).toArray() : NO_TOTALS,
        ends == null ? NEVER : ends.toEpochMilli(),
        word.batch());
  }

  boolean isBad() {
    return verdict == Verdict.DOWN || verdict == Verdict.DEGRADED;
  }

  boolean canTell() {
    return verdict != Verdict.UNKNOWN;
  }

  private static long micros(Duration time) {
    return time.toNanos() / 1000;
  }
}
