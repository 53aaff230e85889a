package dev.jiggety.agent.bench.verdict;

import static dev.jiggety.agent.bench.verdict.World.INTERVAL;
import static dev.jiggety.agent.bench.verdict.World.MINUTE;
import static dev.jiggety.agent.bench.verdict.World.SECOND;

import dev.jiggety.agent.bench.verdict.Moments.Span;
import dev.jiggety.agent.bench.verdict.Reports.Report;
import dev.jiggety.agent.bench.verdict.World.Outage;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.incident.Episode;
import dev.jiggety.model.rules.incident.Surroundings;
import dev.jiggety.model.rules.incident.TestHistory;
import dev.jiggety.model.rules.incident.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A manager that hears of one test's runs as they arrive, judges after each, and tells people of
 * what lasts and is not suppressed; then it is held against what truly happened.
 */
final class TestTrial {
  /** A manager looks once a second. */
  private static final long LOOK = SECOND;

  /** Until the nodes have seen that a site is back. */
  private static final long ECHO = 3 * MINUTE;

  /** A test has to catch what lasts two intervals. */
  private static final long LONG_ENOUGH = 2 * INTERVAL;

  private final World world;
  private final Reports reports;
  private final Moments moments;
  private final Surroundings around;

  TestTrial(World world) {
    this.world = world;
    this.reports = new Reports(world);
    this.moments = new Moments(world, reports);
    this.around = Surroundings.of(IntStream.range(0, world.nodes()).mapToObj(World::node).toList());
  }

  long drawn() {
    return moments.drawn();
  }

  /**
   * Judges a test.
   *
   * @param everything all of its time instead of what {@link Moments} finds
   * @return the incidents as they stand in the end
   */
  List<Episode> judge(int test, boolean everything, Tally tally) {
    long[] phases =
        IntStream.range(0, world.nodes()).mapToLong(node -> world.phase(test, node)).toArray();
    List<Span> spans = everything ? List.of(new Span(0, world.end())) : moments.of(test, phases);
    List<Episode> all = new ArrayList<>();
    for (Span span : spans) {
      List<Report> heard = reports(test, phases, span);
      tally.judged(heard.size());
      List<Told> told = new ArrayList<>();
      List<Episode> last = live(world.test(test), heard, span, told);
      compareShuffled(test, heard, span, last, tally);
      all.addAll(last);
      score(test, span, told, last, tally);
    }
    return all;
  }

  /** Somebody was told. */
  private record Told(long at, Episode episode) {}

  private List<Report> reports(int test, long[] phases, Span span) {
    List<Report> heard = new ArrayList<>();
    for (int node = 0; node < phases.length; node++) {
      for (long slot = span.from() / INTERVAL; slot * INTERVAL < span.to(); slot++) {
        long planned = slot * INTERVAL + phases[node];
        if (planned >= span.from() && planned < span.to()) {
          reports.of(test, node, phases[node], slot).ifPresent(heard::add);
        }
      }
    }
    heard.sort(Comparator.comparingLong(Report::heard));
    return heard;
  }

  private List<Episode> live(TestDefinition test, List<Report> heard, Span span, List<Told> told) {
    TestHistory history = new TestHistory(test, World.at(span.from()));
    for (int i = 0; i < heard.size(); i++) {
      Report report = heard.get(i);
      history.add(report.word());
      boolean more =
          i + 1 < heard.size() && heard.get(i + 1).heard() / LOOK == report.heard() / LOOK;
      long now = (report.heard() / LOOK + 1) * LOOK;
      if (!more && now <= span.to()) {
        for (Episode episode : history.episodes(around, World.at(now))) {
          if (episode.isOpen() && episode.suppressed() == null && !isKnown(told, episode)) {
            told.add(new Told(now, episode));
          }
        }
      }
    }
    return history.episodes(around, World.at(span.to()));
  }

  /** The same incident as one that somebody was told of, and that may have moved since. */
  private static boolean isKnown(List<Told> told, Episode episode) {
    return told.stream()
        .map(Told::episode)
        .filter(known -> known.group() == episode.group())
        .anyMatch(known -> !known.confirmed().isBefore(episode.began()));
  }

  private void compareShuffled(
      int test, List<Report> heard, Span span, List<Episode> last, Tally tally) {
    List<Word> words = new ArrayList<>(heard.stream().map(Report::word).toList());
    words.addAll(words.subList(0, words.size() / 4)); // some are told twice
    Collections.shuffle(words, new Random(world.seed() + test));
    List<Episode> shuffled =
        TestHistory.judge(
            world.test(test), words, around, World.at(span.from()), World.at(span.to()));
    if (!shuffled.equals(last)) {
      tally.differs(world.test(test).id() + " at " + World.at(span.from()));
    }
  }

  private void score(int test, Span span, List<Told> told, List<Episode> last, Tally tally) {
    List<Outage> outages =
        world.outages(test).stream()
            .filter(outage -> outage.from() >= span.from() && outage.from() < span.to())
            .toList();
    for (Told one : told) {
      if (outages.stream().noneMatch(outage -> isAbout(one.episode(), outage, one.at()))) {
        tally.falseAlarm(one.at(), one.episode());
      }
    }
    for (Outage outage : outages) {
      boolean recorded =
          last.stream().anyMatch(episode -> isAbout(episode, outage, Long.MAX_VALUE));
      Told first =
          told.stream()
              .filter(one -> isAbout(one.episode(), outage, one.at()))
              .min(Comparator.comparingLong(Told::at))
              .orElse(null);
      if (first != null) {
        tally.told(Duration.ofMillis(first.at() - outage.from()));
      }
      if (outage.to() - outage.from() >= LONG_ENOUGH) {
        tally.outage(recorded, first != null, test, outage);
      }
    }
  }

  private static boolean isAbout(Episode episode, Outage outage, long at) {
    Instant from = World.at(outage.from());
    Instant to = World.at(outage.to() + ECHO);
    Instant ended = episode.ended();
    boolean ends = ended == null || ended.isAfter(from);
    return at >= outage.from()
        && episode.confirmed().isAfter(from)
        && episode.began().isBefore(to)
        && ends;
  }
}
