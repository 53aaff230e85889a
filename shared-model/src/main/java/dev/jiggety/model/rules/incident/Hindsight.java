package dev.jiggety.model.rules.incident;

import dev.jiggety.model.Settings;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.Window;
import dev.jiggety.model.rules.Freshness;
import dev.jiggety.model.rules.Verdicts;
import java.time.Duration;
import java.time.Instant;
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
 * Why there was an incident of a test at a time, or none: worked out again from the words of its
 * runs, by the rules by which it is decided. Pure; nothing has to be recorded for it.
 *
 * @param verdict over the nodes
 * @param degraded how many nodes that could tell said so
 * @param down how many nodes that could tell said so
 * @param fresh how many nodes could tell
 * @param needed how many of those it takes
 * @param voices what each node said last, by its name
 * @param open what was wrong then, and whether people were told
 * @param conclusion why it came to that
 */
public record Hindsight(
    Instant at,
    Verdict verdict,
    int degraded,
    int down,
    int fresh,
    int needed,
    List<Voice> voices,
    List<Episode> open,
    Conclusion conclusion) {
  private static final Duration BEFORE = Duration.ofHours(1);
  private static final Duration MOST_BEFORE = Duration.ofHours(26);

  public Hindsight {
    voices = List.copyOf(voices);
    open = List.copyOf(open);
  }

  /** Why there was something, or nothing. */
  public enum Conclusion {
    /** Something was wrong: see {@link #open}. */
    WRONG,
    /** The test was not active. */
    INACTIVE,
    /** One failing run alone may be a blip. */
    NOT_SURE,
    /** Nobody could tell for too short a time. */
    TOO_SHORT,
    /** Nothing was wrong. */
    FINE,
    /** Too few nodes agreed: taken for trouble between them and the site. */
    TOO_FEW
  }

  /** Whether a node's last word counted. */
  public enum Weight {
    COUNTS,
    /** It said nothing. */
    SILENT,
    /** It could not tell; where it was not believed, the word has the doubt. */
    UNKNOWN,
    /** It said it too long ago. */
    TOO_OLD
  }

  /** What a node said last; the word is null for nothing. */
  public record Voice(String node, @Nullable Word word, Weight weight) {}

  /** From when on words are needed for a judgement at a time. */
  public static Instant from(TestDefinition test, Instant at) {
    Duration before = Freshness.ofRun(test, at).multipliedBy(2).plus(BEFORE);
    return at.minus(before.compareTo(MOST_BEFORE) > 0 ? MOST_BEFORE : before);
  }

  /**
   * Works it out.
   *
   * @param words of all tests, from {@link #from} on; those of others and later ones are left out
   * @param runners the nodes that are meant to run it
   */
  public static Hindsight of(
      TestDefinition test,
      Collection<Word> words,
      NavigableSet<String> runners,
      List<Window> windows,
      Settings settings,
      Instant at) {
    List<Word> own =
        words.stream()
            .filter(word -> word.test().equals(test.id()) && !word.end().isAfter(at))
            .toList();
    Surroundings around = new Surroundings(runners, windows, Map.of(), List.of(), settings);
    List<Episode> open =
        TestHistory.judge(test, own, around, from(test, at), at).stream()
            .filter(Episode::isOpen)
            .toList();
    List<Voice> voices = voices(test, own, runners, at);
    Map<Verdict, Integer> votes = new EnumMap<>(Verdict.class);
    for (Voice voice : voices) {
      if (voice.weight() == Weight.COUNTS && voice.word() != null) {
        votes.merge(voice.word().verdict(), 1, Integer::sum);
      }
    }
    int up = votes.getOrDefault(Verdict.UP, 0);
    int degraded = votes.getOrDefault(Verdict.DEGRADED, 0);
    int down = votes.getOrDefault(Verdict.DOWN, 0);
    int fresh = up + degraded + down;
    Verdict verdict = Verdicts.ofCounts(up, degraded, down, test.quorum());
    return new Hindsight(
        at,
        verdict,
        degraded,
        down,
        fresh,
        fresh == 0 ? 0 : test.quorum().needed(fresh),
        voices,
        open,
        conclusion(test, open, verdict, down + degraded));
  }

  private static List<Voice> voices(
      TestDefinition test, List<Word> words, NavigableSet<String> runners, Instant at) {
    Map<String, Word> last = new TreeMap<>();
    words.forEach(word ->
        last.merge(word.node(), word, (one, two) -> one.end().isAfter(two.end()) ? one : two));
    Duration freshFor = Freshness.ofRun(test, at);
    TreeSet<String> all = new TreeSet<>(runners);
    all.addAll(last.keySet());
    List<Voice> voices = new ArrayList<>();
    for (String node : all) {
      Word word = last.get(node);
      voices.add(new Voice(node, word, weight(word, freshFor, at)));
    }
    return voices;
  }

  private static Weight weight(@Nullable Word word, Duration freshFor, Instant at) {
    if (word == null) {
      return Weight.SILENT;
    }
    if (word.doubt() != null) {
      return Weight.UNKNOWN;
    }
    if (word.start().plus(freshFor).isBefore(at)) {
      return Weight.TOO_OLD;
    }
    return word.verdict() == Verdict.UNKNOWN ? Weight.UNKNOWN : Weight.COUNTS;
  }

  private static Conclusion conclusion(
      TestDefinition test, List<Episode> open, Verdict verdict, int bad) {
    if (!open.isEmpty()) {
      return Conclusion.WRONG;
    }
    if (!test.active()) {
      return Conclusion.INACTIVE;
    }
    return switch (verdict) {
      case DOWN, DEGRADED -> Conclusion.NOT_SURE;
      case UNKNOWN -> Conclusion.TOO_SHORT;
      case UP -> bad == 0 ? Conclusion.FINE : Conclusion.TOO_FEW;
    };
  }
}
