package dev.jiggety.repository.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Packs of hours in the monthly archives. */
final class ArchivedHours {
  private static final String COUNTS = DesignDocuments.NAME + "/" + DesignDocuments.COUNTS;

  private final Hub hub;
  private final DatabaseNames names;
  private final Existing existing;

  ArchivedHours(Hub hub, DatabaseNames names, Existing existing) {
    this.hub = hub;
    this.names = names;
    this.existing = existing;
  }

  /** Hands over the documents of the packs of a test, by hour, node and part. */
  void each(String test, Instant from, Instant to, Consumer<JsonObject> consumer) {
    // An id goes on behind the hour, so that none is equal to the end, which the range includes.
    range(from, to, IdRange.between(Ids.packsFrom(test, from), Ids.packsFrom(test, to)), consumer);
  }

  /** Hands over the documents of the roll-ups of a day of a test. */
  void eachDay(String test, Instant day, Consumer<JsonObject> consumer) {
    range(day, day.plusMillis(1), IdRange.startingWith(Ids.daysFrom(test, day) + ":"), consumer);
  }

  /** How many runs are packed of each hour on each node of a day, or of several. */
  SortedMap<NodeHour, Long> hours(String test, Instant from, Instant to) {
    SortedMap<NodeHour, Long> counts = new TreeMap<>();
    counts(
        ViewKeys.day(test, from),
        ViewKeys.day(test, to.minusMillis(1)),
        from,
        to,
        6,
        (key, value) -> {
          if (key.size() > 5) {
            Instant hour = ViewKeys.time(key, 3).plusSeconds(3600L * key.get(5).getAsInt());
            counts.merge(
                new NodeHour(hour, key.get(4).getAsString()), value.get(1).getAsLong(), Long::sum);
          }
        });
    return counts;
  }

  /**
   * Hands over days, and nodes, of which the roll-ups lack something that the hours hold: a node
   * that ended before the day did, or whose roll-up is under way. Mostly there are none, which one
   * number a month tells.
   */
  void unbalanced(String test, Instant from, Instant to, Consumer<NodeHour> consumer) {
    counts(
        ViewKeys.month(test, from),
        ViewKeys.month(test, to.minusMillis(1)),
        from,
        to,
        3,
        (month, sum) -> {
          if (sum.get(0).getAsLong() != 0) {
            Instant begin = ViewKeys.time(month, 2);
            counts(
                month,
                month,
                begin,
                begin.plusMillis(1),
                5,
                (key, value) -> {
                  Instant day = ViewKeys.time(key, 3);
                  if (value.get(0).getAsLong() != 0 && !day.isBefore(from) && day.isBefore(to)) {
                    consumer.accept(new NodeHour(day, key.get(4).getAsString()));
                  }
                });
          }
        });
  }

  private interface Row {
    void count(JsonArray key, JsonArray value);
  }

  private void counts(
      JsonArray first, JsonArray last, Instant from, Instant to, int level, Row row) {
    for (HubDatabase month : existing.of(names.archive(from, to.minusMillis(1)), hub)) {
      answered(
          month
              .views()
              .eachGroup(
                  COUNTS,
                  first,
                  ViewKeys.end(last),
                  level,
                  group -> row.count(group.key().getAsJsonArray(), group.value().getAsJsonArray())),
          month);
    }
  }

  private void range(Instant from, Instant to, IdRange ids, Consumer<JsonObject> consumer) {
    for (HubDatabase month : existing.of(names.archive(from, to.minusMillis(1)), hub)) {
      Outcome<Integer> read =
          month.eachRow(
              ids,
              row -> {
                JsonObject document = row.document();
                if (document != null) {
                  consumer.accept(document);
                }
              });
      if (!(read instanceof Outcome.Missing<Integer>)) {
        Answers.value(read, month, "read the archive");
      }
    }
  }

  private void answered(Outcome<Integer> asked, HubDatabase month) {
    if (asked instanceof Outcome.Missing<Integer>) {
      existing.requireIndex(month);
    } else {
      Answers.value(asked, month, "read the archive");
    }
  }
}
