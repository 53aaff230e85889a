package dev.jiggety.desktop.widget;

import dev.jiggety.desktop.chart.Ticks;
import dev.jiggety.desktop.fx.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Times and durations as people say them. Immutable. */
public final class Ages {
  private final Texts texts;
  private final ZoneId zone;
  private final DateTimeFormatter clock;
  private final DateTimeFormatter day;

  public Ages(Texts texts, ZoneId zone) {
    this.texts = texts;
    this.zone = zone;
    this.clock = DateTimeFormatter.ofPattern("HH:mm:ss", texts.locale());
    this.day = DateTimeFormatter.ofPattern("d MMM HH:mm", texts.locale());
  }

  /** {@code just now}, {@code 12 s ago}, {@code 3 min ago} …; a time to come counts as now. */
  public String ago(Instant then, Instant now) {
    long seconds = Duration.between(then, now).toSeconds();
    return seconds < 2 ? texts.get("age.now") : texts.get("age.ago", length(seconds));
  }

  /** {@code in 12 s}, {@code in 3 min} …; a time that has gone by counts as now. */
  public String ahead(Instant then, Instant now) {
    long seconds = Duration.between(now, then).toSeconds();
    return seconds < 1 ? texts.get("age.now") : texts.get("age.ahead", length(seconds));
  }

  /** {@code 12 s}, {@code 3 min}, {@code 2 h}, {@code 5 d}. */
  public String length(long seconds) {
    if (seconds < 100) {
      return texts.get("age.seconds", seconds);
    }
    if (seconds < 100 * 60) {
      return texts.get("age.minutes", Math.round(seconds / 60.0));
    }
    return seconds < 48 * 3600
        ? texts.get("age.hours", Math.round(seconds / 3600.0))
        : texts.get("age.days", Math.round(seconds / 86_400.0));
  }

  /** The local time of day, with the date when it is another day. */
  public String time(Instant then, Instant now) {
    ZonedDateTime local = then.atZone(zone);
    boolean today = local.toLocalDate().equals(LocalDate.ofInstant(now, zone));
    return (today ? clock : day).format(local);
  }

  /** A response time. */
  public String millis(Duration time) {
    return Ticks.millis(time.toNanos() / 1e6, texts.locale());
  }
}
