package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Histogram;
import dev.jiggety.model.Pack;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Point;
import dev.jiggety.model.Summary;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Packing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What is packed comes back: counts exactly, times to a hundredth, in any order of arrival. */
class PackDocumentPropertyTest {
  private static final Instant HOUR = Instant.parse("2026-11-21T10:00:00Z");

  @Property(tries = 300)
  void samplesComeBackToAHundredth(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int runs) {
    Pack pack = pack(points(new Random(seed), runs));
    Pack read = PackDocument.HOUR.read(PackDocument.document(pack));
    assertThat(read.points()).hasSameSizeAs(pack.points());
    for (int i = 0; i < pack.points().size(); i++) {
      Point was = pack.points().get(i);
      Point is = read.points().get(i);
      assertThat(is.plannedAt()).isEqualTo(was.plannedAt());
      assertThat(is.startedAt()).isEqualTo(was.startedAt());
      assertThat(is.status()).isEqualTo(was.status());
      assertThat(is.verdict()).isEqualTo(was.verdict());
      assertThat(is.error()).isEqualTo(was.error());
      assertNear(is.total(), was.total());
      assertThat(is.phases().happened().keySet()).isEqualTo(was.phases().happened().keySet());
      was.phases()
          .happened()
          .forEach((phase, time) -> assertNear(is.phases().time(phase).orElseThrow(), time));
    }
    assertThat(read.summary().runs()).isEqualTo(pack.summary().runs());
    assertThat(read.summary().errors()).isEqualTo(pack.summary().errors());
    assertThat(read.summary().total().count()).isEqualTo(pack.summary().total().count());
    assertThat(read.summary().missed()).isEqualTo(3);
    // Read again and written again it is the same document: nothing drifts.
    assertThat(PackDocument.document(read)).isEqualTo(PackDocument.document(pack));
  }

  @Property(tries = 200)
  void theOrderOfRunsMakesNoDifference(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int runs) {
    Random random = new Random(seed);
    List<List<Point>> byRun = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      byRun.add(run(random, HOUR.plusSeconds(60L * i)));
    }
    JsonObject one = PackDocument.document(pack(byRun.stream().flatMap(List::stream).toList()));
    Collections.shuffle(byRun, random);
    JsonObject other = PackDocument.document(pack(byRun.stream().flatMap(List::stream).toList()));
    assertThat(other).isEqualTo(one);
  }

  @Property(tries = 100)
  void aDayIsTheSumOfItsHoursWhateverPartsCameLate(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int late) {
    Random random = new Random(seed);
    Instant day = Packing.day(HOUR);
    List<Pack> hours = new ArrayList<>();
    List<Pack> days = new ArrayList<>();
    for (int part = 1; part <= 1 + late; part++) {
      for (int hour = 0; hour < 24; hour++) {
        if (part == 1 || random.nextInt(4) == 0) {
          Instant from = day.plus(Duration.ofHours(hour));
          int of = part;
          int next = (int) hours.stream().filter(p -> p.from().equals(from)).count() + 1;
          hours.add(
              PackDocument.HOUR.read(
                  PackDocument.document(
                      Packing.hour("shop", "n1", from, next, run(random, from), of, 0))));
        }
      }
      Pack rolledUp = Packing.day("shop", "n1", day, hours, days);
      assertThat(rolledUp.part()).isEqualTo(days.size() + 1);
      days.add(PackDocument.DAY.read(PackDocument.document(rolledUp)));
    }
    Summary ofHours = hours.stream().map(Pack::summary).reduce(Summary.NONE, Summary::plus);
    Summary ofDays = days.stream().map(Pack::summary).reduce(Summary.NONE, Summary::plus);
    assertThat(ofDays.runs()).isEqualTo(ofHours.runs());
    assertThat(ofDays.total()).isEqualTo(ofHours.total());
    assertThat(ofDays.phases()).isEqualTo(ofHours.phases());
    assertThat(ofDays.errors()).isEqualTo(ofHours.errors());
    assertThat(ofDays.missed()).isEqualTo(ofHours.missed());
    Pack nothingNew = Packing.day("shop", "n1", day, hours, days);
    assertThat(Packing.isNothing(nothingNew.summary())).isTrue();
  }

  @Property(tries = 200)
  void quantilesOfManyPacksAreRightToAHundredth(@ForAll long seed) {
    Random random = new Random(seed);
    Histogram sum = Histogram.EMPTY;
    List<Duration> exact = new ArrayList<>();
    for (int hour = 0; hour < 5; hour++) {
      List<Point> points =
          points(random, 60).stream()
              .filter(point -> point.total().compareTo(Duration.ofMinutes(2)) < 0)
              .toList();
      Pack read = PackDocument.HOUR.read(PackDocument.document(pack(points)));
      sum = sum.plus(read.summary().total());
      points.stream().filter(p -> p.error() == null).map(Point::total).forEach(exact::add);
    }
    Collections.sort(exact);
    for (double share : new double[] {0.5, 0.95, 0.99}) {
      if (!exact.isEmpty()) {
        Duration is = sum.quantile(share).orElseThrow();
        Duration was = exact.get((int) Math.ceil(share * exact.size()) - 1);
        assertThat(is.toNanos() / (double) was.toNanos()).isBetween(0.99, 1.01);
      }
    }
  }

  @Property(tries = 300)
  void histogramsAreTexts(@ForAll long seed) {
    Random random = new Random(seed);
    SortedMap<Integer, Long> counts = new TreeMap<>();
    for (int i = random.nextInt(80); i > 0; i--) {
      counts.put(random.nextInt(Histogram.LAST + 1), 1 + (long) random.nextInt(5_000_000));
    }
    Histogram histogram = new Histogram(counts);
    assertThat(HistogramText.read(HistogramText.write(histogram))).isEqualTo(histogram);
  }

  @Property(tries = 300)
  void columnsOfAnyNumbersComeBack(
      @ForAll List<@LongRange(min = -1L << 40, max = 1L << 40) Long> some) {
    long[] values = some.stream().mapToLong(Long::longValue).toArray();
    BitWriter out = new BitWriter();
    out.column(values);
    out.signed(42);
    BitReader in = new BitReader(out.toBytes());
    assertThat(in.column(values.length)).isEqualTo(values);
    assertThat(in.signed()).isEqualTo(42);
  }

  @Property(tries = 300)
  void whatIsDamagedIsSaidAndNothingElse(@ForAll long seed) {
    Random random = new Random(seed);
    JsonObject document = PackDocument.document(pack(points(random, 20)));
    byte[] bytes = Base64.getDecoder().decode(document.get("points").getAsString());
    byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length / 2));
    document.addProperty("points", Base64.getEncoder().encodeToString(cut));
    if (cut.length > 0) {
      assertThatThrownBy(() -> PackDocument.HOUR.read(document))
          .isInstanceOf(DocumentException.class)
          .hasMessageContaining("points");
    }
  }

  private static Pack pack(List<Point> points) {
    return Packing.hour("shop", "n1", HOUR, 1, points, 3, 0);
  }

  private static List<Point> points(Random random, int runs) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      points.addAll(run(random, HOUR.plusMillis(i * 17_321L + random.nextInt(5))));
    }
    return points;
  }

  private static List<Point> run(Random random, Instant planned) {
    Verdict verdict = List.of(Verdict.values()).get(random.nextInt(4));
    List<Point> run = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      TreeMap<Phase, Duration> phases = new TreeMap<>();
      for (Phase phase : Phase.values()) {
        if (random.nextInt(5) > 0) {
          phases.put(phase, time(random));
        }
      }
      run.add(
          new Point(
              planned,
              planned.plusMillis(random.nextInt(100_000)),
              random.nextBoolean() ? time(random) : Phases.of(phases).sum().plusNanos(100_000),
              Phases.of(phases),
              random.nextInt(3) == 0 ? 0 : 200 + random.nextInt(304),
              verdict,
              verdict == Verdict.UP ? null : List.of(ErrorKind.values()).get(random.nextInt(10))));
    }
    return run;
  }

  /** From 0.1 ms to 120 s, every magnitude as likely. */
  private static Duration time(Random random) {
    return Duration.ofNanos((long) (100_001 * Math.pow(1_190_000, random.nextDouble())));
  }

  private static void assertNear(Duration is, Duration was) {
    assertThat(is.toNanos() / (double) was.toNanos()).isBetween(0.99, 1.01);
  }
}
