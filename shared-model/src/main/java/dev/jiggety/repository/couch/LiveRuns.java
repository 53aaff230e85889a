package dev.jiggety.repository.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Point;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Runs of the last weeks, as the view {@code runs} of the live databases knows them. */
final class LiveRuns {
  private static final String VIEW = DesignDocuments.NAME + "/" + DesignDocuments.RUNS;

  /** A run lies in the week in which it began, which can be later than it was planned. */
  private static final Duration LATEST_START = Duration.ofDays(1);

  private final Hub hub;
  private final DatabaseNames names;
  private final Existing existing;

  LiveRuns(Hub hub, DatabaseNames names, Existing existing) {
    this.hub = hub;
    this.names = names;
    this.existing = existing;
  }

  /** How many runs of a test there are in each hour on each node, repeated ones as often. */
  SortedMap<NodeHour, Long> hours(String test, Instant from, Instant to) {
    SortedMap<NodeHour, Long> counts = new TreeMap<>();
    each(
        from,
        to,
        week ->
            week.views()
                .eachGroup(
                    VIEW,
                    ViewKeys.hour(test, from),
                    ViewKeys.end(ViewKeys.hour(test, to.minusMillis(1))),
                    6,
                    row -> {
                      JsonArray key = row.key().getAsJsonArray();
                      counts.merge(
                          new NodeHour(ViewKeys.time(key, 4), key.get(5).getAsString()),
                          row.value().getAsLong(),
                          Long::sum);
                    }));
    return counts;
  }

  /** The samples of a test in some hours, each run once: by node, then by planned time. */
  Map<NodeHour, List<Point>> points(String test, Instant from, Instant to) {
    Map<NodeHour, List<Point>> points = new HashMap<>();
    Map<NodeHour, Set<Long>> known = new HashMap<>();
    each(
        from,
        to,
        week ->
            week.views()
                .eachEntry(
                    VIEW,
                    ViewKeys.hour(test, from),
                    ViewKeys.end(ViewKeys.hour(test, to.minusMillis(1))),
                    row -> {
                      JsonArray key = row.key().getAsJsonArray();
                      NodeHour where =
                          new NodeHour(ViewKeys.time(key, 4), key.get(5).getAsString());
                      long planned = key.get(6).getAsLong();
                      if (known.computeIfAbsent(where, none -> new HashSet<>()).add(planned)) {
                        read(
                            planned,
                            row.value().getAsJsonArray(),
                            points.computeIfAbsent(where, none -> new ArrayList<>()));
                      }
                    }));
    return points;
  }

  private interface Question {
    Outcome<Integer> ask(HubDatabase week);
  }

  private void each(Instant from, Instant to, Question question) {
    for (HubDatabase week : existing.of(names.live(from, to.plus(LATEST_START)), hub)) {
      Outcome<Integer> asked = question.ask(week);
      if (asked instanceof Outcome.Missing<Integer>) {
        existing.requireIndex(week);
      } else {
        Answers.value(asked, week, "read results");
      }
    }
  }

  private static void read(long planned, JsonArray value, List<Point> points) {
    Verdict verdict = labelled(Verdict.values(), Verdict::label, value.get(0), Verdict.UNKNOWN);
    for (JsonElement element : value.asList().subList(1, value.size())) {
      JsonArray sample = element.getAsJsonArray();
      String kind = sample.get(3).getAsString();
      points.add(
          new Point(
              Instant.ofEpochMilli(planned),
              Instant.ofEpochMilli(planned + sample.get(0).getAsLong()),
              micros(sample.get(1)),
              phases(sample.get(4).getAsJsonArray()),
              sample.get(2).getAsInt(),
              verdict,
              kind.isEmpty()
                  ? null
                  : labelled(
                      ErrorKind.values(), ErrorKind::label, sample.get(3), ErrorKind.INTERNAL)));
    }
  }

  private static Phases phases(JsonArray array) {
    long[] nanos = new long[Phase.values().length];
    for (int i = 0; i < nanos.length; i++) {
      long micros = array.get(i).getAsLong();
      nanos[i] = micros < 0 ? Phases.ABSENT : micros * 1000;
    }
    return Phases.ofNanos(nanos);
  }

  private static Duration micros(JsonElement number) {
    return Duration.of(number.getAsLong(), ChronoUnit.MICROS);
  }

  private static <T> T labelled(
      T[] values, Function<T, String> label, JsonElement text, T otherwise) {
    for (T value : values) {
      if (label.apply(value).equals(text.getAsString())) {
        return value;
      }
    }
    return otherwise;
  }
}
