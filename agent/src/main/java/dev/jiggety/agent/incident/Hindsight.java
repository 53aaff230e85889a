package dev.jiggety.agent.incident;

import dev.jiggety.base.Durations;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.document.SettingsDocument;
import dev.jiggety.document.WindowDocument;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Incident.Suppression;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Settings;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.Window;
import dev.jiggety.model.rules.Freshness;
import dev.jiggety.model.rules.Verdicts;
import dev.jiggety.model.rules.incident.Episode;
import dev.jiggety.model.rules.incident.Surroundings;
import dev.jiggety.model.rules.incident.TestHistory;
import dev.jiggety.model.rules.incident.Word;
import dev.jiggety.repository.ResultRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Why there was an incident at a time, or none: worked out again from the results, by the rules by
 * which it is decided. Nothing has to be recorded for it, and it is as bounded as the results are.
 *
 * @param verdict over the nodes
 * @param lines for people
 */
public record Hindsight(Instant at, Verdict verdict, List<String> lines) {
  private static final Duration BEFORE = Duration.ofHours(1);
  private static final Duration MOST_BEFORE = Duration.ofHours(26);

  public Hindsight {
    lines = List.copyOf(lines);
  }

  /**
   * Works it out.
   *
   * @param inForce what is in force now: windows, settings
   * @throws dev.jiggety.repository.HubException when the hub cannot be asked
   */
  public static Hindsight at(
      TestDefinition test,
      Configuration inForce,
      Collection<NodeStatus> nodes,
      ResultRepository results,
      Instant at) {
    Duration before = Freshness.ofRun(test, at).multipliedBy(2).plus(BEFORE);
    Instant from = at.minus(before.compareTo(MOST_BEFORE) > 0 ? MOST_BEFORE : before);
    List<Word> words = new ArrayList<>();
    results.read(
        from,
        at.plusMillis(1),
        batch ->
            Words.of(batch).stream()
                .filter(word -> word.test().equals(test.id()) && !word.end().isAfter(at))
                .forEach(words::add));
    NavigableSet<String> runners = new TreeSet<>();
    nodes.stream()
        .filter(node -> test.where().includes(node.name(), node.tags()))
        .forEach(node -> runners.add(node.name()));
    Surroundings around =
        new Surroundings(runners, windows(inForce), Map.of(), List.of(), settings(inForce));
    List<Episode> episodes = TestHistory.judge(test, words, around, from, at);
    return told(test, words, runners, episodes, at);
  }

  private static Hindsight told(
      TestDefinition test,
      List<Word> words,
      NavigableSet<String> runners,
      List<Episode> episodes,
      Instant at) {
    Map<String, Word> last = new TreeMap<>();
    words.forEach(word ->
        last.merge(word.node(), word, (one, two) -> one.end().isAfter(two.end()) ? one : two));
    Duration freshFor = Freshness.ofRun(test, at);
    Map<Verdict, Integer> votes = new EnumMap<>(Verdict.class);
    List<String> lines = new ArrayList<>();
    TreeSet<String> all = new TreeSet<>(runners);
    all.addAll(last.keySet());
    for (String node : all) {
      Word word = last.get(node);
      lines.add("  " + node + ": " + words(word, freshFor, at));
      if (word != null && counts(word, freshFor, at)) {
        votes.merge(word.verdict(), 1, Integer::sum);
      }
    }
    int up = votes.getOrDefault(Verdict.UP, 0);
    int degraded = votes.getOrDefault(Verdict.DEGRADED, 0);
    int down = votes.getOrDefault(Verdict.DOWN, 0);
    int fresh = up + degraded + down;
    Verdict verdict = Verdicts.ofCounts(up, degraded, down, test.quorum());
    List<String> head = new ArrayList<>();
    head.add(test.name() + " at " + at.truncatedTo(ChronoUnit.SECONDS) + ": " + verdict.label());
    head.add(
        fresh == 0
            ? "no node could tell"
            : "%d of %d nodes that could tell said down, %d degraded; it takes %d"
                .formatted(down, fresh, degraded, test.quorum().needed(fresh)));
    lines.addAll(0, head);
    lines.addAll(conclusion(test, episodes, verdict, down + degraded));
    return new Hindsight(at, verdict, lines);
  }

  private static List<String> conclusion(
      TestDefinition test, List<Episode> episodes, Verdict verdict, int bad) {
    List<String> lines = new ArrayList<>();
    for (Episode episode : episodes) {
      if (episode.isOpen()) {
        Suppression suppressed = episode.suppressed();
        lines.add(
            "so it is "
                + episode.kind().label()
                + " since "
                + episode.began()
                + ": "
                + episode.text());
        lines.add(
            suppressed == null ? "people are told" : "people are not told: " + suppressed.text());
      }
    }
    if (!lines.isEmpty()) {
      return lines;
    }
    if (!test.active()) {
      return List.of("nothing is wrong: the test is not active");
    }
    if (verdict == Verdict.DOWN || verdict == Verdict.DEGRADED) {
      return List.of(
          "not sure yet: one failing run alone may be a blip; a second one, here or on another"
              + " node, makes it an incident");
    }
    if (verdict == Verdict.UNKNOWN) {
      return List.of("not yet an incident: nobody could tell for too short a time");
    }
    return List.of(
        bad == 0
            ? "nothing was wrong"
            : "withheld: too few nodes agree, so it is taken for trouble between them and the site");
  }

  private static boolean counts(Word word, Duration freshFor, Instant at) {
    return word.verdict() != Verdict.UNKNOWN && !word.start().plus(freshFor).isBefore(at);
  }

  private static String words(@Nullable Word word, Duration fresh, Instant at) {
    if (word == null) {
      return "nothing";
    }
    Duration age = Duration.between(word.start(), at).truncatedTo(ChronoUnit.SECONDS);
    StringBuilder text = new StringBuilder(word.verdict().label());
    text.append(", ").append(Durations.format(age)).append(" before");
    if (word.failure() != null) {
      text.append(": ").append(word.failure().text());
    }
    if (word.doubt() != null) {
      text.append("; does not count: the node is not believed (")
          .append(word.doubt().label())
          .append(')');
    } else if (!counts(word, fresh, at)) {
      text.append("; does not count: too old");
    }
    return text.toString();
  }

  private static List<Window> windows(Configuration inForce) {
    return inForce.documents().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(Ids.window("")))
        .map(entry -> WindowDocument.TYPE.read(Contents.document(entry.getValue())))
        .toList();
  }

  private static Settings settings(Configuration inForce) {
    Content settings = inForce.documents().get(Ids.settings());
    return settings == null
        ? Settings.DEFAULT
        : SettingsDocument.TYPE.read(Contents.document(settings));
  }
}
