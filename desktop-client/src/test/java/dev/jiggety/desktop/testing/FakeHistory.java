package dev.jiggety.desktop.testing;

import dev.jiggety.model.Batch;
import dev.jiggety.model.Point;
import dev.jiggety.model.Run;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Packing;
import dev.jiggety.model.rules.Sums;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.VerdictCount;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Results of any age in memory, with the promises of the port: those of the hub's batches, and
 * those that only an archive has. A run in both is told once. Thread-safe.
 */
public final class FakeHistory implements HistoryRepository {
  private final FakeHub hub;
  private final List<Run> archived = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();

  FakeHistory(FakeHub hub) {
    this.hub = hub;
  }

  /** A run that is in the archive, and in no batch any more. */
  public void archive(Run run) {
    synchronized (hub) {
      archived.add(run);
    }
  }

  /** What was asked for, in order: the step or {@code RAW}, and the span. */
  public List<String> asked() {
    synchronized (hub) {
      return List.copyOf(asked);
    }
  }

  @Override
  public List<Row> summaries(Question question) {
    synchronized (hub) {
      asked.add(question.step() + " " + question.from() + " " + question.to());
      Instant from = floor(question.from(), question.step());
      Instant to = ceiling(question.to(), question.step());
      SortedMap<Key, Sums> sums = new TreeMap<>();
      for (Run run : runs()) {
        boolean wanted =
            !run.plannedAt().isBefore(from)
                && run.plannedAt().isBefore(to)
                && (question.tests().isEmpty() || question.tests().contains(run.testId()))
                && (question.nodes().isEmpty() || question.nodes().contains(run.node()));
        if (wanted) {
          Key key =
              new Key(
                  floor(run.plannedAt(), question.step()),
                  question.byTest() ? run.testId() : "",
                  question.byNode() ? run.node() : "");
          sums.computeIfAbsent(key, none -> new Sums(question.phases())).add(Packing.points(run));
        }
      }
      List<Row> rows = new ArrayList<>();
      sums.forEach((key, sum) ->
          rows.add(new Row(key.from(), orNull(key.test()), orNull(key.node()), sum.summary())));
      return rows;
    }
  }

  @Override
  public void points(
      String test, Set<String> nodes, Instant from, Instant to, Consumer<NodePoint> consumer) {
    List<NodePoint> found = new ArrayList<>();
    synchronized (hub) {
      asked.add("RAW " + from + " " + to);
      for (Run run : runs()) {
        if (run.testId().equals(test) && (nodes.isEmpty() || nodes.contains(run.node()))) {
          for (Point point : Packing.points(run)) {
            if (!point.startedAt().isBefore(from) && point.startedAt().isBefore(to)) {
              found.add(new NodePoint(run.node(), point));
            }
          }
        }
      }
    }
    found.sort(
        Comparator.comparing((NodePoint it) -> Packing.hour(it.point().plannedAt()))
            .thenComparing(NodePoint::node)
            .thenComparing(it -> it.point().plannedAt()));
    found.forEach(consumer);
  }

  /** Counts as the hub's index does. */
  List<VerdictCount> verdicts(Instant from, Instant to) {
    Map<List<String>, Map<Verdict, Long>> counts =
        new TreeMap<>(Comparator.comparing(List::toString));
    for (Run run : runs()) {
      Instant hour = Packing.hour(run.plannedAt());
      if (!hour.isBefore(Packing.hour(from)) && !hour.isAfter(to)) {
        counts
            .computeIfAbsent(List.of(hour.toString(), run.testId(), run.node()), any -> none())
            .merge(run.verdict(), 1L, Long::sum);
      }
    }
    return counts.entrySet().stream()
        .map(it ->
            new VerdictCount(
                Instant.parse(it.getKey().get(0)),
                it.getKey().get(1),
                it.getKey().get(2),
                it.getValue()))
        .toList();
  }

  private static Map<Verdict, Long> none() {
    Map<Verdict, Long> none = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      none.put(verdict, 0L);
    }
    return none;
  }

  private List<Run> runs() {
    hub.refuseWhenAway();
    List<Run> runs = new ArrayList<>();
    Set<Object> known = new HashSet<>();
    for (Batch batch : hub.allBatches()) {
      batch.runs().stream().filter(run -> known.add(run.key())).forEach(runs::add);
    }
    archived.stream().filter(run -> known.add(run.key())).forEach(runs::add);
    return runs;
  }

  private record Key(Instant from, String test, String node) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return Comparator.comparing(Key::from)
          .thenComparing(Key::test)
          .thenComparing(Key::node)
          .compare(this, other);
    }
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static Instant floor(Instant time, Step step) {
    return switch (step) {
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> time.truncatedTo(ChronoUnit.DAYS);
      case MONTH ->
          time.atZone(ZoneOffset.UTC).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).toInstant();
    };
  }

  private static Instant ceiling(Instant time, Step step) {
    Instant floor = floor(time, step);
    if (floor.equals(time)) {
      return time;
    }
    Map<Step, ChronoUnit> units =
        Map.of(
            Step.MINUTE,
            ChronoUnit.MINUTES,
            Step.HOUR,
            ChronoUnit.HOURS,
            Step.DAY,
            ChronoUnit.DAYS,
            Step.MONTH,
            ChronoUnit.MONTHS);
    return floor.atZone(ZoneOffset.UTC).plus(1, units.get(step)).toInstant();
  }
}
