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
import dev.jiggety.model.rules.incident.Episode;
import dev.jiggety.model.rules.incident.Hindsight.Voice;
import dev.jiggety.model.rules.incident.Hindsight.Weight;
import dev.jiggety.model.rules.incident.Word;
import dev.jiggety.repository.ResultRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Why there was an incident at a time, or none: worked out again from the results, by the rules by
 * which it is decided. Nothing has to be recorded for it, and it is as bounded as the results are.
 *
 * @param verdict over the nodes
 * @param lines for people
 */
public record Hindsight(Instant at, Verdict verdict, List<String> lines) {
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
    List<Word> words = new ArrayList<>();
    results.read(
        dev.jiggety.model.rules.incident.Hindsight.from(test, at),
        at.plusMillis(1),
        batch ->
            Words.of(batch).stream()
                .filter(word -> word.test().equals(test.id()) && !word.end().isAfter(at))
                .forEach(words::add));
    NavigableSet<String> runners = new TreeSet<>();
    nodes.stream()
        .filter(node -> test.where().includes(node.name(), node.tags()))
        .forEach(node -> runners.add(node.name()));
    return told(
        test,
        dev.jiggety.model.rules.incident.Hindsight.of(
            test, words, runners, windows(inForce), settings(inForce), at));
  }

  private static Hindsight told(
      TestDefinition test, dev.jiggety.model.rules.incident.Hindsight judged) {
    Instant at = judged.at();
    List<String> lines = new ArrayList<>();
    lines.add(
        test.name()
            + " at "
            + at.truncatedTo(ChronoUnit.SECONDS)
            + ": "
            + judged.verdict().label());
    lines.add(
        judged.fresh() == 0
            ? "no node could tell"
            : "%d of %d nodes that could tell said down, %d degraded; it takes %d"
                .formatted(judged.down(), judged.fresh(), judged.degraded(), judged.needed()));
    judged.voices().forEach(voice -> lines.add("  " + voice.node() + ": " + words(voice, at)));
    lines.addAll(conclusion(judged));
    return new Hindsight(at, judged.verdict(), lines);
  }

  private static List<String> conclusion(dev.jiggety.model.rules.incident.Hindsight judged) {
    List<String> lines = new ArrayList<>();
    for (Episode episode : judged.open()) {
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
    return switch (judged.conclusion()) {
      case WRONG -> lines;
      case INACTIVE -> List.of("nothing is wrong: the test is not active");
      case NOT_SURE ->
          List.of(
              "not sure yet: one failing run alone may be a blip; a second one, here or on another"
                  + " node, makes it an incident");
      case TOO_SHORT -> List.of("not yet an incident: nobody could tell for too short a time");
      case FINE -> List.of("nothing was wrong");
      case TOO_FEW ->
          List.of(
              "withheld: too few nodes agree, so it is taken for trouble between them and the site");
    };
  }

  private static String words(Voice voice, Instant at) {
    Word word = voice.word();
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
    } else if (voice.weight() != Weight.COUNTS) {
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
