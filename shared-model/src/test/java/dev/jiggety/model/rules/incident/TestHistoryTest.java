package dev.jiggety.model.rules.incident;

import static dev.jiggety.model.Verdict.DEGRADED;
import static dev.jiggety.model.Verdict.DOWN;
import static dev.jiggety.model.Verdict.UNKNOWN;
import static dev.jiggety.model.Verdict.UP;
import static dev.jiggety.model.rules.incident.Told.SHOP;
import static dev.jiggety.model.rules.incident.Told.START;
import static dev.jiggety.model.rules.incident.Told.at;
import static dev.jiggety.model.rules.incident.Told.judge;
import static dev.jiggety.model.rules.incident.Told.nodes;
import static dev.jiggety.model.rules.incident.Told.word;
import static dev.jiggety.model.rules.incident.Told.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Degraded;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Quorum;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestHistoryTest {

  @Test
  void anOutageThatAllNodesSeeIsOneEpisodeWithItsWitnesses() {
    var words = words(4, 20, (_, minute) -> minute >= 10 && minute < 13 ? DOWN : UP);

    assertThat(judge(SHOP, words, 4, at(20)))
        .singleElement()
        .satisfies(episode -> {
          assertThat(episode.kind()).isEqualTo(Kind.DOWN);
          assertThat(episode.began()).isEqualTo(at(10));
          // Three of four are more than half: node-2 runs at half past.
          assertThat(episode.confirmed()).isEqualTo(at(10).plusSeconds(31));
          assertThat(episode.ended()).isEqualTo(at(13).plusSeconds(16));
          assertThat(episode.text())
              .isEqualTo("shop is down on 3 of 4 nodes: no answer within 10s (timeout)");
          assertThat(episode.witnesses())
              .extracting(witness -> witness.node() + " " + witness.verdict().label())
              .containsExactly("node-0 down", "node-1 down", "node-2 down", "node-3 up");
          assertThat(episode.suppressed()).isNull();
        });
  }

  @Test
  void oneFailingNodeAloneNeverOpensAnIncidentWhereMoreCanTell() {
    assertThat(judge(SHOP, words(2, 60, (node, _) -> node == 0 ? DOWN : UP), 2, at(60))).isEmpty();
    assertThat(judge(SHOP, words(10, 60, (node, _) -> node == 3 ? DOWN : UP), 10, at(60)))
        .isEmpty();
  }

  @Test
  void ofASingleNodeTwoFailingRunsInARowAreSure() {
    var blip = words(1, 20, (_, minute) -> minute == 5 ? DOWN : UP);
    assertThat(judge(SHOP, blip, 1, at(20))).isEmpty();

    var outage = words(1, 20, (_, minute) -> minute == 5 || minute == 6 ? DOWN : UP);
    assertThat(judge(SHOP, outage, 1, at(20)))
        .singleElement()
        .satisfies(episode -> {
          assertThat(episode.began()).isEqualTo(at(5));
          assertThat(episode.confirmed()).isEqualTo(at(6).plusSeconds(1));
          assertThat(episode.ended()).isEqualTo(at(7).plusSeconds(1));
        });
  }

  @Test
  void aSlowRunAndAFailingOneAreNotTwoFailingRuns() {
    var words = words(1, 20, (_, minute) -> minute == 5 ? DEGRADED : minute == 6 ? DOWN : UP);
    assertThat(judge(SHOP, words, 1, at(20)))
        .singleElement()
        .extracting(Episode::kind)
        .isEqualTo(Kind.DEGRADED);
  }

  @Test
  void whoeverWantsOneNodeToBeEnoughIsToldAfterItsSecondFailure() {
    TestDefinition test = SHOP.toBuilder().quorum(new Quorum.AtLeast(1)).build();
    var words = words(4, 20, (node, minute) -> node == 1 && minute >= 5 && minute < 9 ? DOWN : UP);

    assertThat(judge(test, words, 4, at(20)))
        .singleElement()
        .satisfies(e -> assertThat(e.confirmed()).isEqualTo(at(6).plusSeconds(16)));
  }

  @Test
  void nodesThatCannotTellDoNotVote() {
    var words = words(5, 20, (node, minute) -> minute < 10 ? UP : node < 3 ? UNKNOWN : DOWN);

    assertThat(judge(SHOP, words, 5, at(20)))
        .singleElement()
        .satisfies(
            episode -> assertThat(episode.text()).startsWith("shop is down on 2 of 2 nodes"));
  }

  @Test
  void staleNodesDoNotVote() {
    var words = words(5, 30, (node, minute) -> minute < 10 ? UP : node < 3 ? null : DOWN);

    // The silent majority says "up" until its words are too old: two intervals and a long run.
    assertThat(judge(SHOP, words, 5, at(30)))
        .singleElement()
        .satisfies(episode -> {
          assertThat(episode.confirmed()).isBetween(at(11), at(14));
          assertThat(episode.began()).isAfterOrEqualTo(at(10));
        });
  }

  @Test
  void anIncidentLastsWhileNobodyCanTell() {
    var words =
        words(
            2,
            40,
            (_, minute) -> minute < 10 ? UP : minute < 15 ? DOWN : minute < 30 ? UNKNOWN : UP);

    assertThat(judge(SHOP, words, 2, at(40)))
        .singleElement()
        .satisfies(episode -> {
          assertThat(episode.kind()).isEqualTo(Kind.DOWN);
          assertThat(episode.ended()).isEqualTo(at(30).plusSeconds(1));
        });
  }

  @Test
  void missingDataIsAStateOfItsOwn() {
    var words = words(2, 60, (_, minute) -> minute >= 10 && minute < 40 ? null : UP);

    assertThat(judge(SHOP, words, 2, at(60)))
        .singleElement()
        .satisfies(episode -> {
          assertThat(episode.kind()).isEqualTo(Kind.NO_DATA);
          assertThat(episode.began()).isBetween(at(11), at(14));
          assertThat(episode.ended()).isEqualTo(at(40).plusSeconds(1));
          assertThat(episode.text()).isEqualTo("nobody can tell how shop is: 2 nodes silent");
        });
    assertThat(TestHistory.judge(SHOP, words, Surroundings.of(List.of()), START, at(60)))
        .as("nobody is meant to run it")
        .isEmpty();
  }

  @Test
  void whoHasJustBegunToListenMissesNothing() {
    assertThat(judge(SHOP, List.of(), 2, at(3))).isEmpty();
    assertThat(judge(SHOP, List.of(), 2, at(10)))
        .singleElement()
        .satisfies(e ->
            assertThat(e.text()).isEqualTo("nobody can tell how shop is: no node has ever run it"));
  }

  @Test
  void aDegradedTestThatGoesDownIsOneEpisodeOfTheWorseKind() {
    var words =
        words(
            3,
            30,
            (_, minute) -> minute < 10 ? UP : minute < 15 ? DEGRADED : minute < 20 ? DOWN : UP);

    assertThat(judge(SHOP, words, 3, at(30)))
        .singleElement()
        .satisfies(episode -> {
          assertThat(episode.kind()).isEqualTo(Kind.DOWN);
          assertThat(episode.began()).isEqualTo(at(10));
          assertThat(episode.confirmed()).isEqualTo(at(15).plusSeconds(21));
        });
    assertThat(judge(SHOP, words, 3, at(14)))
        .extracting(Episode::kind)
        .containsExactly(Kind.DEGRADED);
  }

  @Test
  void aRestlessTestIsOneEpisodeInsteadOfMany() {
    var words =
        words(3, 120, (_, minute) -> minute >= 10 && minute < 60 && minute % 3 == 0 ? DOWN : UP);

    List<Episode> episodes = judge(SHOP, words, 3, at(120));

    assertThat(episodes).extracting(Episode::kind).containsOnlyOnce(Kind.FLAPPING);
    assertThat(episodes).as("until it is known to be restless").hasSizeLessThanOrEqualTo(4);
    Episode flapping = episodes.getLast();
    assertThat(flapping.kind()).isEqualTo(Kind.FLAPPING);
    assertThat(flapping.ended()).isBetween(at(60), at(75));
  }

  @Test
  void whatCalmedDownBeforeACutIsForgottenThoughNoWordCameBetween() {
    TestDefinition test = Told.test("shop").quorum(new Quorum.AtLeast(1)).build();
    var words =
        words(
            2,
            120,
            (node, minute) -> node == 0 ? UP : minute >= 60 ? null : minute % 4 < 2 ? DOWN : UP);
    List<Episode> all = judge(test, words, 2, at(120));
    Instant calm =
        all.stream()
            .filter(episode -> episode.kind() == Kind.FLAPPING)
            .map(Episode::ended)
            .findAny()
            .orElseThrow();

    for (int second = -90; second <= 90; second++) {
      Instant cut = calm.plusSeconds(second);
      TestHistory history = new TestHistory(test, START);
      words.forEach(history::add);
      history.forget(cut);
      assertThat(history.episodes(Surroundings.of(nodes(2)), at(120)))
          .as("cut at %s", cut)
          .isEqualTo(
              all.stream().filter(e -> e.ended() == null || !e.ended().isBefore(cut)).toList());
    }
  }

  @Test
  void aRestlessTestThatStaysDownIsDown() {
    var words =
        words(
            3,
            120,
            (_, minute) ->
                (minute > 10 && minute < 40 && minute % 2 == 0) || minute >= 40 ? DOWN : UP);

    assertThat(judge(SHOP, words, 3, at(120)).getLast())
        .satisfies(episode -> {
          assertThat(episode.kind()).isEqualTo(Kind.DOWN);
          assertThat(episode.isOpen()).isTrue();
        });
  }

  @Test
  void aPercentileOverASpanMakesDegradedAndOneSlowNodeAloneDoesNot() {
    var limit = new Degraded.Percentile(90, Duration.ofMinutes(10), Duration.ofMillis(800));
    TestDefinition test = SHOP.toBuilder().degraded(new Degraded(null, Map.of(), limit)).build();

    assertThat(judge(test, slow(5, 3), 3, at(40)))
        .singleElement()
        .satisfies(episode -> {
          assertThat(episode.kind()).isEqualTo(Kind.DEGRADED);
          assertThat(episode.text())
              .isEqualTo(
                  "shop is degraded: fewer than 90 % of the samples of 10m took at most 800ms");
          assertThat(episode.ended()).isBetween(at(25), at(35));
        });
    assertThat(judge(test, slow(1, 1), 3, at(40))).isEmpty();
    assertThat(judge(SHOP, slow(5, 3), 3, at(40))).as("without such a limit").isEmpty();
  }

  /** From minute 10 to 25 every run of the first nodes is slow in so many of five minutes. */
  private static List<Word> slow(int minutes, int nodes) {
    List<Word> words = new ArrayList<>();
    for (Word word : words(3, 40, (_, _) -> UP)) {
      long minute = Duration.between(START, word.start()).toMinutes();
      int node = word.node().charAt(5) - '0';
      boolean isSlow = minute >= 10 && minute < 25 && minute % 5 < minutes && node < nodes;
      words.add(
          new Word(
              word.test(),
              word.node(),
              word.planned(),
              word.start(),
              word.end(),
              UP,
              null,
              null,
              List.of(Duration.ofMillis(isSlow ? 900 : 100)),
              null,
              word.batch()));
    }
    return words;
  }

  @Test
  void lateWordsCorrectHistory() {
    TestHistory history = new TestHistory(SHOP, START);
    words(3, 20, (node, minute) -> node > 0 && minute >= 10 && minute < 13 ? null : UP)
        .forEach(history::add);
    Surroundings around = Surroundings.of(nodes(3));
    assertThat(history.episodes(around, at(20))).isEmpty();

    words(3, 20, (node, minute) -> node > 0 && minute >= 10 && minute < 13 ? DOWN : null)
        .forEach(history::add);

    assertThat(history.episodes(around, at(20)))
        .singleElement()
        .satisfies(episode -> {
          assertThat(episode.began()).isEqualTo(at(10).plusSeconds(20));
          assertThat(episode.ended()).isEqualTo(at(13).plusSeconds(21));
        });
  }

  @Test
  void whatIsForgottenGoesOnAsIfNothingHadHappened() {
    var words = words(3, 60, (_, minute) -> minute >= 10 && minute < 50 ? DOWN : UP);
    TestHistory history = new TestHistory(SHOP, START);
    words.forEach(history::add);
    int all = history.size();

    history.forget(at(30));

    assertThat(history.size()).isLessThan(all / 2 + 3);
    assertThat(history.episodes(Surroundings.of(nodes(3)), at(60)))
        .isEqualTo(judge(SHOP, words, 3, at(60)));
    assertThat(history.add(word(0, at(5), DOWN))).as("too late for it").isFalse();
  }

  @Test
  void itNeverHoldsMoreThanItsShare() {
    TestHistory history = new TestHistory(SHOP, START);
    for (int second = 0; second < 40_000; second++) {
      history.add(word(0, START.plusSeconds(second), UP));
    }
    assertThat(history.size()).isLessThanOrEqualTo(32_768);
    assertThat(history.since()).isAfter(START);
  }

  @Test
  void aWordThatIsToldAgainChangesNothing() {
    TestHistory history = new TestHistory(SHOP, START);
    var words = words(1, 20, (_, minute) -> minute == 5 ? DOWN : UP);
    words.forEach(history::add);
    words.forEach(history::add);

    assertThat(history.size()).isEqualTo(words.size());
    assertThat(history.episodes(Surroundings.of(nodes(1)), at(20))).isEmpty();
  }

  @Test
  void aCertificateThatEndsSoonIsOneEpisodeUntilItIsRenewed() {
    Instant ends = at(0).plus(Duration.ofDays(6));
    List<Word> words = new ArrayList<>();
    for (Word word : words(2, 30, (_, _) -> UP)) {
      boolean renewed = !word.start().isBefore(at(20));
      words.add(
          new Word(
              word.test(),
              word.node(),
              word.planned(),
              word.start(),
              word.end(),
              UP,
              null,
              null,
              List.of(),
              renewed ? null : ends,
              word.batch()));
    }
    assertThat(judge(SHOP, words, 2, at(30)))
        .singleElement()
        .satisfies(episode -> {
          assertThat(episode.kind()).isEqualTo(Kind.CERTIFICATE);
          assertThat(episode.began()).isEqualTo(at(0).plusSeconds(1));
          assertThat(episode.ended()).isEqualTo(at(20).plusSeconds(31));
          assertThat(episode.text())
              .isEqualTo("the certificate of shop ends within 7d, at 2026-03-07T12:00:00Z");
        });
  }
}
