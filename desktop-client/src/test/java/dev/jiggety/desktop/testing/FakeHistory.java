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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a hub in memory makes of its results. Thread-safe. */
public final class FakeHistory implements HistoryRepository {
  private final FakeHub hub;
  private final List<Question> asked = new ArrayList<>();

  FakeHistory(FakeHub hub) {
    this.hub = hub;
  }

  /** What was asked for, in this order. */
  public synchronized List<Question> asked() {
    return List.copyOf(asked);
  }

  private record Key(Instant from, @Nullable String test, @Nullable String node) {}

  @Override
  public List<Row> summaries(Question question) {
    hub.refuseWhenAway();
    synchronized (this) {
      asked.add(question);
    }
    Instant from = floor(question.from(), question.step());
    Instant last = floor(question.to().minusNanos(1), question.step());
    Map<Key, Sums> sums =
        new TreeMap<>(
            Comparator.comparing(Key::from)
                .thenComparing(it -> Objects.requireNonNullElse(it.test(), ""))
                .thenComparing(it -> Objects.requireNonNullElse(it.node(), "")));
    for (Run run : runs()) {
      Instant step = floor(run.plannedAt(), question.step());
      if ((question.tests().isEmpty() || question.tests().contains(run.testId()))
          && (question.nodes().isEmpty() || question.nodes().contains(run.node()))
          && !step.isBefore(from)
          && !step.isAfter(last)) {
        Key key =
            new Key(
                step,
                question.byTest() ? run.testId() : null,
                question.byNode() ? run.node() : null);
        sums.computeIfAbsent(key, any -> new Sums(question.phases())).add(Packing.points(run));
      }
    }
    return sums.entrySet().stream()
        .map(it ->
            new Row(
                it.getKey().from(),
                it.getKey().test(),
                it.getKey().node(),
                it.getValue().summary()))
        .toList();
  }

  @Override
  public void points(
      String test, Set<String> nodes, Instant from, Instant to, Consumer<NodePoint> consumer) {
    hub.refuseWhenAway();
    List<NodePoint> all = new ArrayList<>();
    for (Run run : runs()) {
      if (run.testId().equals(test) && (nodes.isEmpty() || nodes.contains(run.node()))) {
        for (Point point : Packing.points(run)) {
          if (!point.startedAt().isBefore(from) && point.startedAt().isBefore(to)) {
            all.add(new NodePoint(run.node(), point));
          }
        }
      }
    }
    all.sort(
        Comparator.comparing((NodePoint it) -> Packing.hour(it.point().plannedAt()))
            .thenComparing(NodePoint::node)
            .thenComparing(it -> it.point().startedAt()));
    all.forEach(consumer);
  }

  /** Counts as the hub's index does. */
  List<VerdictCount> verdicts(Instant from, Instant to) {
    hub.refuseWhenAway();
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
    List<Run> runs = new ArrayList<>();
    for (Batch batch : hub.batches(Instant.MIN, Instant.MAX)) {
      runs.addAll(batch.runs());
    }
    return runs;
  }

  private static Instant floor(Instant time, Step step) {
    return switch (step) {
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> time.truncatedTo(ChronoUnit.DAYS);
      case MONTH ->
          time.atOffset(ZoneOffset.UTC).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).toInstant();
    };
  }
}
