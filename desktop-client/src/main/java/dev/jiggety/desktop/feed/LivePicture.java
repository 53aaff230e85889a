package dev.jiggety.desktop.feed;

import dev.jiggety.document.Stored;
import dev.jiggety.model.Batch;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Run;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Freshness;
import dev.jiggety.model.rules.Verdicts;
import dev.jiggety.model.rules.Verdicts.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
 * it all look like now? Results can come in any order and more than once. Only what changed is
 * drawn anew: a test that heard nothing, and of which no word has become too old, costs a
 * comparison. Memory is bounded: at most {@value #RUNS_PER_SERIES} runs of each test and node,
 * fewer where there are tens of thousands of these, and none older than a day. Time is an argument.
 * Not thread-safe; {@link LiveFeed} guards it.
 */
public final class LivePicture {
  /** Runs that are kept of one test on one node, at most. */
  public static final int RUNS_PER_SERIES = 60;

  /** Runs that are kept of one test on one node, however many of these there are. */
  static final int FEWEST_RUNS = 8;

  /** Runs that are kept altogether, as far as {@link #FEWEST_RUNS} lets them. */
  static final int MOST_RUNS = 400_000;

  /** How long runs are kept. */
  public static final Duration KEPT = Duration.ofHours(26);

  /** No word counts longer. */
  private static final Duration LONGEST = Duration.ofDays(10_000);

  private static final Duration TIDIED = Duration.ofMinutes(1);

  private final NavigableMap<String, Stored<TestDefinition>> tests = new TreeMap<>();
  private final NavigableMap<String, NodeStatus> nodes = new TreeMap<>();
  private final Map<String, NavigableMap<String, RunLog>> logs = new HashMap<>();
  private final NavigableMap<String, Drawn> drawn = new TreeMap<>();
  private final Set<String> stale = new HashSet<>();
  private Link link = new Link.Connecting();
  private @Nullable Instant heardAt;
  private HubPicture last = HubPicture.EMPTY;
  private boolean removed;
  private int series;
  private Instant tidied = Instant.EPOCH;
  private Instant nextFade = Instant.MAX;

  /** A test as it was drawn, and when one of its words becomes too old to count. */
  private record Drawn(TestPicture picture, Instant fades) {}

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
    NavigableMap<String, RunLog> gone = logs.remove(testId);
    series -= gone == null ? 0 : gone.size();
    removed |= drawn.remove(testId) != null;
    stale.remove(testId);
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
      if (!run.plannedAt().isBefore(limit)
          && log(run.testId(), run.node()).add(RunPoint.of(run), cap())) {
        stale.add(run.testId());
        fresh.add(run);
      }
    }
    return fresh;
  }

  private RunLog log(String test, String node) {
    NavigableMap<String, RunLog> perNode = logs.computeIfAbsent(test, id -> new TreeMap<>());
    RunLog known = perNode.get(node);
    if (known != null) {
      return known;
    }
    RunLog log = new RunLog();
    perNode.put(node, log);
    series++;
    return log;
  }

  private int cap() {
    return Math.clamp(MOST_RUNS / Math.max(1, series), FEWEST_RUNS, RUNS_PER_SERIES);
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
    List<TestPicture> pictures = pictures(now);
    List<NodePicture> nodePictures =
        nodes.values().stream()
            .map(status -> new NodePicture(status, isStale(status, now)))
            .toList();
    if (!isSame(pictures, last.tests())
        || !nodePictures.equals(last.nodes())
        || !link.equals(last.link())
        || !Objects.equals(heardAt, last.heardAt())) {
      last = new HubPicture(pictures, nodePictures, link, heardAt);
    }
    return last;
  }

  /** All tests by id; the same list as before when none has changed. */
  private List<TestPicture> pictures(Instant now) {
    stale.retainAll(tests.keySet());
    if (stale.isEmpty() && !removed && !now.isAfter(nextFade)) {
      return last.tests();
    }
    for (String id : stale) {
      draw(id, now);
    }
    List<TestPicture> pictures = new ArrayList<>(tests.size());
    nextFade = Instant.MAX;
    for (Map.Entry<String, Drawn> entry : drawn.entrySet()) {
      if (now.isAfter(entry.getValue().fades())) {
        entry.setValue(drawing(entry.getKey(), now));
      }
      Drawn its = entry.getValue();
      nextFade = its.fades().isBefore(nextFade) ? its.fades() : nextFade;
      pictures.add(its.picture());
    }
    stale.clear();
    removed = false;
    return pictures;
  }

  private void forgetOld(Instant now) {
    if (Duration.between(tidied, now).abs().compareTo(TIDIED) < 0) {
      return;
    }
    tidied = now;
    Instant limit = now.minus(KEPT);
    series = 0;
    logs.forEach((id, perNode) -> {
      for (RunLog log : perNode.values()) {
        if (log.forgetBefore(limit)) {
          stale.add(id);
        }
      }
      perNode.values().removeIf(RunLog::isEmpty);
      series += perNode.size();
    });
    logs.values().removeIf(Map::isEmpty);
  }

  private void draw(String id, Instant now) {
    drawn.put(id, drawing(id, now));
  }

  private Drawn drawing(String id, Instant now) {
    Stored<TestDefinition> stored = Objects.requireNonNull(tests.get(id));
    NavigableMap<String, RunLog> perNode = logs.getOrDefault(id, new TreeMap<>());
    Duration freshFor = freshFor(stored.value(), now);
    List<NodeVerdict> words = new ArrayList<>(perNode.size());
    List<Vote> votes = new ArrayList<>(perNode.size());
    Instant fades = Instant.MAX;
    Instant lastAt = null;
    for (Map.Entry<String, RunLog> entry : perNode.entrySet()) {
      RunPoint newest = entry.getValue().last();
      if (newest == null) {
        continue;
      }
      Instant startedAt = newest.startedAt();
      Instant until = startedAt.plus(freshFor);
      boolean fresh = !now.isAfter(until);
      fades = fresh && until.isBefore(fades) ? until : fades;
      lastAt = lastAt == null || startedAt.isAfter(lastAt) ? startedAt : lastAt;
      words.add(new NodeVerdict(entry.getKey(), newest, fresh));
      votes.add(new Vote(newest.verdict(), startedAt));
    }
    List<Sparklines.Run> newest = Sparklines.newest(perNode.values());
    long[] sound = Sparklines.sound(newest);
    TestPicture picture =
        new TestPicture(
            stored.value(),
            stored.rev(),
            stored.raw(),
            Verdicts.overNodes(votes, stored.value().quorum(), now, freshFor),
            lastAt,
            Sparklines.median(sound),
            Sparklines.quantile(sound, 0.95),
            Sparklines.of(newest, perNode.size()),
            words);
    return new Drawn(picture, fades);
  }

  /** One document with numbers beyond reason must not keep all the others from being shown. */
  private static Duration freshFor(TestDefinition test, Instant now) {
    try {
      Duration length = Freshness.ofRun(test, now);
      return length.compareTo(LONGEST) < 0 ? length : LONGEST;
    } catch (ArithmeticException e) {
      return LONGEST;
    }
  }

  private static boolean isStale(NodeStatus status, Instant now) {
    return Duration.between(status.heartbeatAt(), now).compareTo(Freshness.NODE) > 0;
  }

  @SuppressWarnings("ReferenceEquality") // the same list when no test has changed
  private static boolean isSame(List<TestPicture> some, List<TestPicture> others) {
    return some == others;
  }
}
