package dev.jiggety.repository.couch;

import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.PackDocument;
import dev.jiggety.model.Pack;
import dev.jiggety.model.Point;
import dev.jiggety.model.Summary;
import dev.jiggety.model.rules.Packing;
import dev.jiggety.model.rules.Sums;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Results of any age. Minutes and hours are made of single samples: packs of hours, and live runs
 * that no pack has. Days and months are added up by the hub's indexes out of the roll-ups of days;
 * what these lack yet is added from hours, and from live runs. Whether they lack something is told
 * by counts, which the indexes hold too.
 */
final class CouchHistory implements HistoryRepository {
  /** No run begins later after its planned time; a sample may, when there are many. */
  private static final Duration LATEST_START = Duration.ofHours(1);

  private final Hub hub;
  private final DatabaseNames names;
  private final Existing existing = new Existing();
  private final ArchivedHours archive;
  private final ArchivedDays days;
  private final LiveRuns live;
  private final HourReader hours;

  CouchHistory(Hub hub, DatabaseNames names) {
    this.hub = hub;
    this.names = names;
    this.archive = new ArchivedHours(hub, names, existing);
    this.days = new ArchivedDays(hub, names, existing);
    this.live = new LiveRuns(hub, names, existing);
    this.hours = new HourReader(live, archive);
  }

  @Override
  public List<Row> summaries(Question question) {
    Instant from = floor(question.from(), question.step());
    Instant to = ceiling(question.to(), question.step());
    if (!from.isBefore(to)) {
      return List.of();
    }
    Rows rows = new Rows(question);
    SortedSet<String> tests =
        question.tests().isEmpty()
            ? new TestNames(hub, names, existing).between(from, to)
            : question.tests();
    readable(() -> {
      for (String test : tests) {
        switch (question.step()) {
          case MINUTE -> minutes(test, question, from, to, rows);
          case HOUR ->
              hours.each(
                  test,
                  rows::isWanted,
                  from,
                  to,
                  hour -> hour.addTo(rows.sums(hour.where().hour(), test, hour.where().node())));
          case DAY, MONTH -> days(test, question, from, to, rows);
        }
      }
    });
    return rows.rows();
  }

  @Override
  public void points(
      String test, Set<String> nodes, Instant from, Instant to, Consumer<NodePoint> consumer) {
    if (!from.isBefore(to)) {
      return;
    }
    Instant first = Packing.hour(from.minus(LATEST_START));
    readable(() ->
        hours.each(
            test,
            node -> nodes.isEmpty() || nodes.contains(node),
            first,
            ceiling(to, Step.HOUR),
            hour -> {
              for (Point point : hour.points()) {
                if (!point.startedAt().isBefore(from) && point.startedAt().isBefore(to)) {
                  consumer.accept(new NodePoint(hour.where().node(), point));
                }
              }
            }));
  }

  private void minutes(String test, Question question, Instant from, Instant to, Rows rows) {
    Instant firstHour = Packing.hour(from);
    hours.each(
        test,
        rows::isWanted,
        firstHour,
        ceiling(to, Step.HOUR),
        hour -> {
          Point before = null;
          for (Point point : hour.points()) {
            Instant planned = point.plannedAt();
            if (!planned.isBefore(from) && planned.isBefore(to)) {
              boolean isFirst = before == null || !before.plannedAt().equals(planned);
              rows.sums(floor(planned, question.step()), test, hour.where().node())
                  .add(point, isFirst);
            }
            before = point;
          }
        });
  }

  private void days(String test, Question question, Instant from, Instant to, Rows rows) {
    boolean nodes = question.byNode() || !question.nodes().isEmpty();
    int level = nodes ? 5 : question.step() == Step.MONTH ? 3 : 4;
    days.read(new ArchivedDays.Wish(test, from, to, level, question.phases()))
        .forEach((key, summary) -> {
          if (!nodes || rows.isWanted(key.node())) {
            rows.sums(floor(key.from(), question.step()), test, key.node()).add(summary);
          }
        });
    archive.unbalanced(
        test,
        from,
        to,
        where -> {
          if (rows.isWanted(where.node())) {
            rows.sums(floor(where.hour(), question.step()), test, where.node())
                .add(notRolledUp(test, where));
          }
        });
    unpacked(test, question, from, to, rows);
  }

  /** What the hours of a day hold and its roll-ups do not. */
  private Summary notRolledUp(String test, NodeHour day) {
    List<Pack> packs = new ArrayList<>();
    List<Pack> rolledUp = new ArrayList<>();
    Instant end = day.hour().plus(Duration.ofDays(1));
    archive.each(
        test,
        day.hour(),
        end,
        document -> {
          if (PackDocument.key(document).node().equals(day.node())) {
            packs.add(PackDocument.HOUR.read(document));
          }
        });
    archive.eachDay(
        test,
        day.hour(),
        document -> {
          if (PackDocument.key(document).node().equals(day.node())) {
            rolledUp.add(PackDocument.DAY.read(document));
          }
        });
    return Packing.day(test, day.node(), day.hour(), packs, rolledUp).summary();
  }

  /**
   * Adds live runs that are in no pack. Counts are compared hour by hour and node by node: those of
   * whole days could hide a node that has packed nothing behind one whose batches are not here.
   */
  private void unpacked(String test, Question question, Instant from, Instant to, Rows rows) {
    hours.unpacked(
        test,
        rows::isWanted,
        from,
        to,
        hour ->
            hour.addTo(
                rows.sums(floor(hour.where().hour(), question.step()), test, hour.where().node())));
  }

  /** What cannot be understood is said in the words that a hub's other faults have. */
  private static void readable(Runnable reading) {
    try {
      reading.run();
    } catch (DocumentException e) {
      throw new HubException(
          HubException.Kind.REFUSED, "a pack in the archive cannot be read: " + e.getMessage());
    }
  }

  private static Instant floor(Instant time, Step step) {
    return switch (step) {
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> time.truncatedTo(ChronoUnit.DAYS);
      case MONTH -> month(time).toInstant();
    };
  }

  private static Instant ceiling(Instant time, Step step) {
    Instant floor = floor(time, step);
    if (floor.equals(time)) {
      return time;
    }
    return switch (step) {
      case MINUTE -> floor.plus(1, ChronoUnit.MINUTES);
      case HOUR -> floor.plus(1, ChronoUnit.HOURS);
      case DAY -> floor.plus(1, ChronoUnit.DAYS);
      case MONTH -> month(time).plusMonths(1).toInstant();
    };
  }

  private static ZonedDateTime month(Instant time) {
    return time.atZone(ZoneOffset.UTC).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
  }

  /** The answer while it is made. */
  private static final class Rows {
    private final Question question;
    private final Map<Key, Sums> sums = new HashMap<>();

    private record Key(Instant from, String test, String node) {}

    Rows(Question question) {
      this.question = question;
    }

    boolean isWanted(String node) {
      return question.nodes().isEmpty() || question.nodes().contains(node);
    }

    Sums sums(Instant from, String test, String node) {
      return sums.computeIfAbsent(
          new Key(from, question.byTest() ? test : "", question.byNode() ? node : ""),
          none -> new Sums(question.phases()));
    }

    List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      sums.forEach((key, sum) ->
          rows.add(new Row(key.from(), orNull(key.test()), orNull(key.node()), sum.summary())));
      rows.sort(
          Comparator.comparing(Row::from)
              .thenComparing(row -> String.valueOf(row.test()))
              .thenComparing(row -> String.valueOf(row.node())));
      return rows;
    }

    private static @Nullable String orNull(String text) {
      return text.isEmpty() ? null : text;
    }
  }
}
