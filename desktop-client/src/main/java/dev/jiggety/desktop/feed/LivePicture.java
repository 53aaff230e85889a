package dev.jiggety.desktop.feed;

import dev.jiggety.document.Stored;
import dev.jiggety.model.Batch;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Run;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Freshness;
import dev.jiggety.model.rules.Statistics;
import dev.jiggety.model.rules.Verdicts;
import dev.jiggety.model.rules.Verdicts.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a hub tells and answers two questions: did anything visible change, and what does
 * it all look like now? Results can come in any order and more than once. Memory is bounded: at
 * most {@value #RUNS_PER_SERIES} runs of each test and node, and none older than a day. Time is an
 * argument. Not thread-safe; {@link LiveFeed} guards it.
 */
public final class LivePicture {
  /** Runs that are kept of one test on one node. */
  public static final int RUNS_PER_SERIES = 400;

  /** How long runs are kept. */
  public static final Duration KEPT = Duration.ofHours(26);

  private final NavigableMap<String, Stored<TestDefinition>> tests = new TreeMap<>();
  private final NavigableMap<String, NodeStatus> nodes = new TreeMap<>();
  private final Map<String, NavigableMap<String, RunLog>> logs = new TreeMap<>();
  private final Map<String, TestPicture> drawn = new TreeMap<>();
  private final Map<String, Duration> freshness = new TreeMap<>();
  private final Set<String> stale = new HashSet<>();
  private Link link = new Link.Connecting();
  private @Nullable Instant heardAt;
  private HubPicture last = HubPicture.EMPTY;

  /** A test is new or changed. */
  public void test(Stored<TestDefinition> stored, Instant now) {
    heardAt = now;
    String id = stored.value().id();
    Stored<TestDefinition> before = tests.put(id, stored);
    if (before == null || !before.rev().equals(stored.rev())) {
      stale.add(id);
    }
  }

  /** A test is gone, and its runs with it. */
  public void testDeleted(String testId, Instant now) {
    heardAt = now;
    tests.remove(testId);
    logs.remove(testId);
    drawn.remove(testId);
    freshness.remove(testId);
  }

  /** A node said something; what is older than what is known is ignored. */
  public void node(NodeStatus status, Instant now) {
    heardAt = now;
    nodes.merge(
        status.name(),
        status,
        (known, said) -> said.heartbeatAt().isBefore(known.heartbeatAt()) ? known : said);
  }

  /** Results arrived; gives back the runs that were not known yet. */
  public List<Run> batch(Batch batch, Instant now) {
    heardAt = now;
    Instant limit = now.minus(KEPT);
    List<Run> fresh = new ArrayList<>();
    for (Run run : batch.runs()) {
      RunLog log =
          logs.computeIfAbsent(run.testId(), id -> new TreeMap<>())
              .computeIfAbsent(run.node(), node -> new RunLog(RUNS_PER_SERIES));
      if (!run.plannedAt().isBefore(limit) && log.add(RunPoint.of(run))) {
        stale.add(run.testId());
        fresh.add(run);
      }
    }
    return fresh;
  }

  /** The connection came or went. */
  public void link(Link now) {
    if (now instanceof Link.Connected connected) {
      heardAt = connected.since();
    }
    link = now;
  }

  /**
   * The picture of a moment; the same object as before when nothing visible changed, the passing of
   * time included.
   */
  public HubPicture at(Instant now) {
    forgetOld(now);
    List<TestPicture> pictures = new ArrayList<>(tests.size());
    tests.forEach((id, stored) -> pictures.add(draw(id, stored, now)));
    stale.clear();
    List<NodePicture> nodePictures =
        nodes.values().stream()
            .map(status -> new NodePicture(status, isStale(status, now)))
            .toList();
    if (!same(pictures, last.tests())
        || !nodePictures.equals(last.nodes())
        || !link.equals(last.link())
        || !Objects.equals(heardAt, last.heardAt())) {
      last = new HubPicture(pictures, nodePictures, link, heardAt);
    }
    return last;
  }

  private void forgetOld(Instant now) {
    Instant limit = now.minus(KEPT);
    logs.forEach((id, perNode) -> {
      for (RunLog log : perNode.values()) {
        if (log.forgetBefore(limit)) {
          stale.add(id);
        }
      }
      perNode.values().removeIf(RunLog::isEmpty);
    });
    logs.values().removeIf(Map::isEmpty);
  }

  private TestPicture draw(String id, Stored<TestDefinition> stored, Instant now) {
    NavigableMap<String, RunLog> perNode = logs.getOrDefault(id, new TreeMap<>());
    Duration freshFor = freshFor(id, stored.value(), now);
    TestPicture before = drawn.get(id);
    if (before != null && !stale.contains(id) && sameFreshness(before, freshFor, now)) {
      return before;
    }
    TestPicture picture = draw(stored, perNode, freshFor, now);
    drawn.put(id, picture);
    return picture;
  }

  /** Asked for at every look, worked out only when something about the test is new. */
  private Duration freshFor(String id, TestDefinition test, Instant now) {
    Duration known = freshness.get(id);
    if (known != null && !stale.contains(id)) {
      return known;
    }
    Duration worked = Freshness.ofRun(test, now);
    freshness.put(id, worked);
    return worked;
  }

  private static TestPicture draw(
      Stored<TestDefinition> stored,
      NavigableMap<String, RunLog> perNode,
      Duration freshFor,
      Instant now) {
    List<NodeVerdict> words = new ArrayList<>();
    perNode.forEach((node, log) -> {
      RunPoint newest = log.last();
      if (newest != null) {
        words.add(new NodeVerdict(node, newest, isFresh(newest, freshFor, now)));
      }
    });
    List<Vote> votes =
        words.stream()
            .map(word -> new Vote(word.last().verdict(), word.last().startedAt()))
            .toList();
    Verdict verdict = Verdicts.overNodes(votes, stored.value().quorum(), now, freshFor);
    Instant lastAt =
        words.stream().map(word -> word.last().startedAt()).max(Instant::compareTo).orElse(null);
    return new TestPicture(
        stored.value(),
        stored.rev(),
        stored.raw(),
        verdict,
        lastAt,
        median(Sparklines.newest(perNode.values())),
        Sparklines.of(perNode.values()),
        words);
  }

  private static @Nullable Duration median(Collection<RunPoint> runs) {
    List<Duration> passed =
        runs.stream()
            .filter(run -> !run.failed() && !run.distorted())
            .map(RunPoint::total)
            .toList();
    return passed.isEmpty() ? null : Statistics.of(passed).median();
  }

  private static boolean sameFreshness(TestPicture before, Duration freshFor, Instant now) {
    return before.nodes().stream()
        .allMatch(word -> word.fresh() == isFresh(word.last(), freshFor, now));
  }

  private static boolean isFresh(RunPoint run, Duration freshFor, Instant now) {
    return Duration.between(run.startedAt(), now).compareTo(freshFor) <= 0;
  }

  private static boolean isStale(NodeStatus status, Instant now) {
    return Duration.between(status.heartbeatAt(), now).compareTo(Freshness.NODE) > 0;
  }

  private static boolean same(List<TestPicture> some, List<TestPicture> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      // Unchanged tests are the same objects; a picture's equality would compare whole sparklines.
      if (!isSame(some.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(TestPicture one, TestPicture other) {
    return one == other;
  }
}
