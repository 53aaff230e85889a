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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
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
            rows.add(floor(key.from(), question.step()), test, key.node(), summary);
          }
        });
    SortedMap<Instant, Set<String>> lacking = new TreeMap<>();
    archive.unbalanced(
        test,
        from,
        to,
        where -> {
          if (rows.isWanted(where.node())) {
            lacking.computeIfAbsent(where.hour(), none -> new HashSet<>()).add(where.node());
          }
        });
    lacking.forEach((day, nodesOfDay) ->
        notRolledUp(
            test, day, nodesOfDay, node -> rows.sums(floor(day, question.step()), test, node)));
    unpacked(test, question, from, to, rows);
  }

  /** Adds what the hours of a day on some nodes hold and its roll-ups do not. */
  private void notRolledUp(
      String test, Instant day, Set<String> nodes, Function<String, Sums> sums) {
    Map<NodeHour, Integer> rolledUp = new HashMap<>();
    archive.eachDay(
        test,
        day,
        document -> {
          if (nodes.contains(PackDocument.key(document).node())) {
            Pack part = PackDocument.DAY.read(document);
            for (int i = 0; i < part.included().size(); i++) {
              rolledUp.merge(
                  new NodeHour(day.plus(Duration.ofHours(i)), part.node()),
                  part.included().get(i),
                  Math::max);
            }
          }
        });
    archive.each(
        test,
        day,
        day.plus(Duration.ofDays(1)),
        document -> {
          PackDocument.Key key = PackDocument.key(document);
          NodeHour where = new NodeHour(key.from(), key.node());
          if (nodes.contains(key.node()) && key.part() > rolledUp.getOrDefault(where, 0)) {
            PackDocument.addTo(sums.apply(key.node()), document);
          }
        });
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

    /** Where there is one summary alone, as mostly of a day, nothing is to be added up. */
    private final Map<Key, Summary> alone = new HashMap<>();

    private record Key(Instant from, String test, String node) {}

    Rows(Question question) {
      this.question = question;
    }

    boolean isWanted(String node) {
      return question.nodes().isEmpty() || question.nodes().contains(node);
    }

    void add(Instant from, String test, String node, Summary summary) {
      Key key = key(from, test, node);
      if (sums.containsKey(key) || alone.containsKey(key)) {
        sums(from, test, node).add(summary);
      } else {
        alone.put(key, summary);
      }
    }

    Sums sums(Instant from, String test, String node) {
      Key key = key(from, test, node);
      Sums sum = sums.computeIfAbsent(key, none -> new Sums(question.phases()));
      Summary before = alone.remove(key);
      if (before != null) {
        sum.add(before);
      }
      return sum;
    }

    private Key key(Instant from, String test, String node) {
      return new Key(from, question.byTest() ? test : "", question.byNode() ? node : "");
    }

    List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      sums.forEach((key, sum) -> rows.add(row(key, sum.summary())));
      alone.forEach((key, summary) -> rows.add(row(key, summary)));
      rows.sort(
          Comparator.comparing(Row::from)
              .thenComparing(row -> String.valueOf(row.test()))
              .thenComparing(row -> String.valueOf(row.node())));
      return rows;
    }

    private static Row row(Key key, Summary summary) {
      return new Row(key.from(), orNull(key.test()), orNull(key.node()), summary);
    }

    private static @Nullable String orNull(String text) {
      return text.isEmpty() ? null : text;
    }
  }
}
