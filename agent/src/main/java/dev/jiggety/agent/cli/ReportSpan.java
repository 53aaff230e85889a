package dev.jiggety.agent.cli;

import dev.jiggety.model.rules.report.Span;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The span that a report is about, as people write it. Pure. */
final class ReportSpan {
  private ReportSpan() {}

  /**
   * The month, or the span from a time to another.
   *
   * @throws CliException when it cannot be understood
   */
  static Span of(@Nullable String month, @Nullable String from, @Nullable String to, Instant now) {
    if (month != null && (from != null || to != null)) {
      throw usage("give either --month or --from and --to");
    }
    if (from == null && to != null) {
      throw usage("--to wants --from");
    }
    if (from == null) {
      YearMonth meant = month == null ? YearMonth.from(now.atZone(ZoneOffset.UTC)) : month(month);
      return new Span(begin(meant), begin(meant.plusMonths(1)));
    }
    Instant begin = time("--from", from);
    Instant end =
        to == null ? now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS) : time("--to", to);
    if (!begin.isBefore(end)) {
      throw usage("--from must be earlier than --to, or than now");
    }
    return new Span(begin, end);
  }

  /** Like {@code October 2026}, or both ends. */
  static String words(Span span) {
    ZonedDateTime from = span.from().atZone(ZoneOffset.UTC);
    YearMonth month = YearMonth.from(from);
    if (span.from().equals(begin(month)) && span.to().equals(begin(month.plusMonths(1)))) {
      return month.toString();
    }
    boolean days =
        span.from().equals(span.from().truncatedTo(ChronoUnit.DAYS))
            && span.to().equals(span.to().truncatedTo(ChronoUnit.DAYS));
    return days
        ? from.toLocalDate() + " to " + span.to().atZone(ZoneOffset.UTC).toLocalDate().minusDays(1)
        : span.from() + " to " + span.to();
  }

  private static Instant begin(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static YearMonth month(String text) {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeException e) {
      throw usage("--month must be like 2026-10, is " + text);
    }
  }

  private static Instant time(String option, String text) {
    try {
      Instant time =
          text.contains("T")
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      if (!time.equals(time.truncatedTo(ChronoUnit.HOURS))) {
        throw usage(option + " must be a whole hour of UTC, is " + text);
      }
      return time;
    } catch (DateTimeException e) {
      throw usage(option + " must be like 2026-10-01 or 2026-10-01T06:00Z, is " + text);
    }
  }

  private static CliException usage(String message) {
    return new CliException(ExitCode.USAGE, message);
  }
}
