package dev.jiggety.model.rules.incident;

import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.incident.Word.Doubt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Makes words: node i of n runs at the second 60·i/n of each minute, and each run takes 1 s. */
final class Told {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final TestDefinition SHOP = test("shop").build();
  static final Failure TIMEOUT = new Failure(ErrorKind.TIMEOUT, null, "no answer within 10s");

  private Told() {}

  static TestDefinition.Builder test(String id) {
    return TestDefinition.builder(id, Check.Http.get("http://" + id + ".example/")).name(id);
  }

  static Instant at(long minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  static List<String> nodes(int count) {
    return IntStream.range(0, count).mapToObj(i -> "node-" + i).toList();
  }

  static Word word(int node, Instant start, Verdict verdict) {
    return new Word(
        "shop",
        "node-" + node,
        start,
        start,
        start.plusSeconds(1),
        verdict,
        verdict == Verdict.DOWN ? TIMEOUT : null,
        verdict == Verdict.UNKNOWN ? Doubt.ISOLATED : null,
        List.of(Duration.ofMillis(100)),
        null,
        "batch:" + node + ":" + start);
  }

  /** A verdict for node, minute. */
  interface Says {
    Verdict at(int node, int minute);
  }

  /** All words of some nodes over some minutes; null for a run that did not happen. */
  static List<Word> words(int nodes, int minutes, Says says) {
    List<Word> words = new ArrayList<>();
    for (int minute = 0; minute < minutes; minute++) {
      for (int node = 0; node < nodes; node++) {
        Verdict verdict = says.at(node, minute);
        if (verdict != null) {
          words.add(word(node, at(minute).plusMillis(60_000L * node / nodes), verdict));
        }
      }
    }
    return words;
  }

  static List<Episode> judge(TestDefinition test, List<Word> words, int nodes, Instant now) {
    return TestHistory.judge(test, words, Surroundings.of(nodes(nodes)), START, now);
  }
}
