package dev.jiggety.agent.retention;

import dev.jiggety.document.DatabaseNames;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of a database says of its span. */
final class ResultDatabases {
  private static final Pattern WEEK = Pattern.compile("live-(\\d{4})w(\\d{2})");
  private static final Pattern MONTH = Pattern.compile("archive-(\\d{4})-(\\d{2})");

  private ResultDatabases() {}

  /** The database as far as its name tells; empty for one that holds no results of ours. */
  static Optional<RetentionPlan.Held> held(DatabaseNames names, String name, long bytes) {
    if (!name.startsWith(names.prefix())) {
      return Optional.empty();
    }
    String rest = name.substring(names.prefix().length());
    Matcher week = WEEK.matcher(rest);
    Matcher month = MONTH.matcher(rest);
    try {
      if (week.matches()) {
        LocalDate monday =
            LocalDate.of(number(week, 1), 1, 4)
                .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, number(week, 2))
                .with(DayOfWeek.MONDAY);
        return Optional.of(held(name, true, monday, monday.plusDays(7), bytes));
      }
      if (month.matches()) {
        YearMonth of = YearMonth.of(number(month, 1), number(month, 2));
        return Optional.of(held(name, false, of.atDay(1), of.plusMonths(1).atDay(1), bytes));
      }
    } catch (DateTimeException e) {
      // a week or month that there is not: not ours
    }
    return Optional.empty();
  }

  private static RetentionPlan.Held held(
      String name, boolean isLive, LocalDate from, LocalDate to, long bytes) {
    return new RetentionPlan.Held(
        name, isLive, begin(from), begin(to), bytes, OptionalLong.empty());
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
