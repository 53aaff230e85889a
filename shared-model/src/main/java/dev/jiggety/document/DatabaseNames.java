package dev.jiggety.document;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names of the databases on a hub.
 *
 * @param prefix what all of them begin with; {@value #DEFAULT_PREFIX} unless configured
 */
public record DatabaseNames(String prefix) {
  /** The prefix of an installation that did not choose another. */
  public static final String DEFAULT_PREFIX = "jiggety-";

  /** Names with the usual prefix. */
  public static final DatabaseNames DEFAULT = new DatabaseNames(DEFAULT_PREFIX);

  public DatabaseNames {
    if (!prefix.matches("[a-z][a-z0-9_-]{0,30}")) {
      throw new IllegalArgumentException(
          "database prefix \"" + prefix + "\" must begin with a letter and hold only a-z 0-9 _ -");
    }
  }

  /** Definitions of tests and what belongs to them; every node listens to it. */
  public String config() {
    return prefix + "config";
  }

  /** Patches as submitted, the records of their rollouts, strategies. */
  public String patches() {
    return prefix + "patches";
  }

  /** One document for each node, written by that node. */
  public String status() {
    return prefix + "status";
  }

  /** Raw results of the ISO week (UTC) in which they were sampled, like {@code live-2026w47}. */
  public String live(Instant sampledAt) {
    ZonedDateTime utc = sampledAt.atZone(ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "%slive-%04dw%02d",
        prefix,
        utc.get(IsoFields.WEEK_BASED_YEAR),
        utc.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  /** The live databases that may hold samples of a span of time, oldest first. */
  public List<String> live(Instant from, Instant to) {
    Set<String> names = new LinkedHashSet<>();
    for (Instant time = from; time.isBefore(to); time = time.plus(Duration.ofDays(7))) {
      names.add(live(time));
    }
    names.add(live(to));
    return List.copyOf(names);
  }

  /** Packs of the month (UTC) in which their span begins, like {@code archive-2026-11}. */
  public String archive(Instant from) {
    ZonedDateTime utc = from.atZone(ZoneOffset.UTC);
    return String.format(
        Locale.ROOT, "%sarchive-%04d-%02d", prefix, utc.getYear(), utc.getMonthValue());
  }

  /** The archive databases that may hold packs of a span of time, oldest first. */
  public List<String> archive(Instant from, Instant to) {
    Set<String> names = new LinkedHashSet<>();
    YearMonth last = YearMonth.from(to.atZone(ZoneOffset.UTC));
    for (YearMonth month = YearMonth.from(from.atZone(ZoneOffset.UTC));
        !month.isAfter(last);
        month = month.plusMonths(1)) {
      names.add(archive(month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
    }
    return List.copyOf(names);
  }

  /** Whether a database is one of the monthly archives. */
  public boolean isArchive(String database) {
    return database.startsWith(prefix + "archive-");
  }

  /** Incidents, what people say of them, and who was told. */
  public String incidents() {
    return prefix + "incidents";
  }

  /** Invitations of nodes, what they asked for with them, and who is a member. */
  public String enrolment() {
    return prefix + "enrolment";
  }

  /** Releases of the agent, as attachments. */
  public String bundles() {
    return prefix + "bundles";
  }

  /** Whether a database is one of the weekly live ones. */
  public boolean isLive(String database) {
    return database.startsWith(prefix + "live-");
  }
}
