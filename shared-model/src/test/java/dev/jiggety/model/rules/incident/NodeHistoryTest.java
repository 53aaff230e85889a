package dev.jiggety.model.rules.incident;

import static dev.jiggety.model.rules.incident.Told.START;
import static dev.jiggety.model.rules.incident.Told.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Verdict;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NodeHistoryTest {
  private final NodeHistory history = new NodeHistory("node-0", START);

  @Test
  void aNodeThatIsHeardHasNoTrouble() {
    heard(0, 30);
    assertThat(history.episodes(at(30).plusSeconds(60))).isEmpty();
  }

  @Test
  void aSilentNodeIsOneEpisodeAndWellAgainWhenItWasCalm() {
    heard(0, 10);
    assertThat(history.episodes(at(11))).isEmpty();
    assertThat(history.episodes(at(12)))
        .singleElement()
        .satisfies(e -> {
          assertThat(e.isOpen()).isTrue();
          assertThat(e.began()).isEqualTo(at(10));
          assertThat(e.confirmed()).isEqualTo(at(10).plusSeconds(75));
          assertThat(e.text()).isEqualTo("node node-0 is silent");
        });
    heard(20, 60);
    assertThat(history.episodes(at(22)).getFirst().isOpen()).isTrue();
    assertThat(history.episodes(at(30)))
        .singleElement()
        .satisfies(e -> assertThat(e.ended()).isEqualTo(at(20)));
  }

  @Test
  void whateverIsWrongIsOneEpisode() {
    heard(0, 10);
    heard(20, 40);
    for (int test = 0; test < 50; test++) {
      history.add(Told.word(0, at(11).plusSeconds(test), Verdict.UNKNOWN)); // told when it is back
    }
    history.add(status(at(22), Duration.ofHours(1)));
    history.add(status(at(23), Duration.ofHours(1)));
    assertThat(history.episodes(at(40)))
        .singleElement()
        .satisfies(e ->
            assertThat(e.text())
                .isEqualTo(
                    "node node-0 is silent, reaches none of its reference targets, has a wrong"
                        + " clock"));
  }

  @Test
  void oneSignAloneIsNone() {
    heard(0, 10);
    history.add(Told.word(0, at(5), Verdict.UNKNOWN));
    history.add(Told.word(0, at(5), Verdict.UNKNOWN));
    assertThat(history.episodes(at(10))).isEmpty();
  }

  @Test
  void twoProcessesUnderOneNameAreAnEpisode() {
    for (int i = 0; i < 20; i++) {
      history.add(of(i % 2 == 0 ? "one" : "other", START.plusSeconds(15L * i)));
    }
    assertThat(history.episodes(at(5)))
        .singleElement()
        .satisfies(
            e -> assertThat(e.text()).isEqualTo("node node-0 is run by two processes at once"));
  }

  @Test
  void aNodeThatIsStartedAgainAndAgainIsNone() {
    for (int i = 0; i < 20; i++) {
      history.add(of("start " + i, START.plusSeconds(15L * i)));
    }
    assertThat(history.episodes(at(5))).isEmpty();
  }

  @Test
  void aNodeThatWasNeverHeardIsSilent() {
    assertThat(history.episodes(at(2))).hasSize(1);
  }

  @Property(tries = 100)
  void theOrderOfSignsMakesNoDifference(@ForAll long seed) {
    Random random = new Random(seed);
    List<Word> words = new ArrayList<>();
    List<NodeStatus> said = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      words.add(Told.word(0, START.plusSeconds(random.nextInt(7_200)), Verdict.UNKNOWN));
      said.add(status(START.plusSeconds(random.nextInt(7_200)), Duration.ZERO));
    }
    NodeHistory one = new NodeHistory("node-0", START);
    NodeHistory other = new NodeHistory("node-0", START);
    words.forEach(one::add);
    said.forEach(one::add);
    Collections.shuffle(words, random);
    Collections.shuffle(said, random);
    said.forEach(other::add);
    words.forEach(other::add);
    words.forEach(other::add);

    assertThat(other.episodes(at(150))).isEqualTo(one.episodes(at(150)));
  }

  private void heard(int from, int to) {
    for (Instant at = at(from); !at.isAfter(at(to)); at = at.plusSeconds(30)) {
      history.add(status(at, Duration.ofMillis(20)));
    }
  }

  private static NodeStatus status(Instant hubTime, Duration offset) {
    NodeStatus some = Samples.node("node-0", hubTime);
    return new NodeStatus(
        some.name(),
        some.tags(),
        some.version(),
        some.startedAt(),
        hubTime.minus(offset),
        some.tests(),
        some.backlog(),
        some.quarantined(),
        some.lateness(),
        offset,
        some.configAt(),
        some.slots());
  }

  private static NodeStatus of(String instance, Instant at) {
    NodeStatus some = Samples.node("node-0", at);
    return new NodeStatus(
        some.name(),
        some.tags(),
        some.version(),
        some.startedAt(),
        at,
        some.tests(),
        some.backlog(),
        some.quarantined(),
        some.lateness(),
        Duration.ZERO,
        some.configAt(),
        some.slots(),
        some.oldestUnsent(),
        some.lost(),
        some.vitals(),
        instance);
  }
}
