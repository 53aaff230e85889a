package dev.jiggety.model.rules.incident;

import static dev.jiggety.model.rules.incident.Told.START;
import static dev.jiggety.model.rules.incident.Told.at;
import static dev.jiggety.model.rules.incident.Told.nodes;
import static dev.jiggety.model.rules.incident.Told.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Degraded;
import dev.jiggety.model.Quorum;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The episodes are a function of the words, not of the way by which they came. */
class AnyOrderTest {
  private static final int MINUTES = 60;

  @Property(tries = 200)
  void anyOrderOfArrivalGivesTheSameEpisodes(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int nodes) {
    Random random = new Random(seed);
    TestDefinition test = anyTest(random);
    List<Word> words = anyWords(random, nodes);
    Surroundings around = Surroundings.of(nodes(nodes));

    List<Episode> inOrder = TestHistory.judge(test, words, around, START, at(MINUTES + 5));
    List<Word> shuffled = new ArrayList<>(words);
    shuffled.addAll(words.subList(0, words.size() / 3)); // told twice
    Collections.shuffle(shuffled, random);
    TestHistory history = new TestHistory(test, START);
    for (Word word : shuffled) {
      history.add(word);
      if (random.nextInt(20) == 0) {
        history.episodes(around, word.end()); // looking changes nothing
      }
    }

    assertThat(history.episodes(around, at(MINUTES + 5))).isEqualTo(inOrder);
  }

  @Property(tries = 200)
  void forgettingChangesNothingOfWhatIsLater(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int nodes) {
    Random random = new Random(seed);
    TestDefinition test = anyTest(random);
    List<Word> words = anyWords(random, nodes);
    Surroundings around = Surroundings.of(nodes(nodes));
    TestHistory history = new TestHistory(test, START);
    words.forEach(history::add);
    List<Episode> all = history.episodes(around, at(MINUTES));

    var cut = at(random.nextInt(MINUTES));
    history.forget(cut);

    assertThat(history.episodes(around, at(MINUTES)))
        .isEqualTo(
            all.stream().filter(e -> e.ended() == null || !e.ended().isBefore(cut)).toList());
  }

  private static TestDefinition anyTest(Random random) {
    Quorum quorum =
        random.nextBoolean() ? Quorum.MAJORITY : new Quorum.AtLeast(1 + random.nextInt(3));
    var percentile =
        random.nextBoolean()
            ? new Degraded.Percentile(80, Duration.ofMinutes(5), Duration.ofMillis(50))
            : null;
    return Told.test("shop")
        .quorum(quorum)
        .degraded(new Degraded(null, Map.of(), percentile))
        .build();
  }

  /** Verdicts that hold for a while, so that there is something to see. */
  private static List<Word> anyWords(Random random, int nodes) {
    Verdict[] site = {Verdict.UP};
    int[] last = {-1};
    return words(
        nodes,
        MINUTES,
        (_, minute) -> {
          if (minute != last[0]) {
            last[0] = minute;
            site[0] = random.nextInt(4) == 0 ? any(random) : site[0];
          }
          int chance = random.nextInt(10);
          return chance == 0 ? null : chance == 1 ? any(random) : site[0];
        });
  }

  private static Verdict any(Random random) {
    return List.of(Verdict.values()).get(random.nextInt(Verdict.values().length));
  }
}
