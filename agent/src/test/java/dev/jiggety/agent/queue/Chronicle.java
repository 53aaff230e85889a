package dev.jiggety.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What several {@link TakingProcess}es have said, put in order, and what must hold of it. */
final class Chronicle {
  private final List<Word> words = new ArrayList<>();
  private int voices;

  private record Word(long time, int voice, String what, String rest) {
    int number() {
      return Integer.parseInt(rest);
    }
  }

  /** Adds all that one process said in its life. */
  void add(List<String> lines) {
    int voice = voices++;
    for (String line : lines) {
      String[] parts = line.split(" ", 3);
      // The last line of a process that was killed may be cut off.
      if (parts.length > 1 && parts[0].matches("\\d+")) {
        words.add(
            new Word(Long.parseLong(parts[0]), voice, parts[1], parts.length > 2 ? parts[2] : ""));
      }
    }
  }

  /** The patches that were delivered at least once, by now. */
  long delivered() {
    return words.stream().filter(w -> w.what().equals("got")).map(Word::rest).distinct().count();
  }

  /**
   * None lost, none again after the broker had confirmed its end, none out of order.
   *
   * @param blows how often a broker or one that takes was killed
   */
  void check(int lastSafe, int blows) {
    words.sort(Comparator.comparingLong(Word::time));
    Map<Integer, Long> out = new HashMap<>();
    Map<Integer, Integer> lastOfTurn = new HashMap<>();
    int highest = 0;
    for (Word word : words) {
      switch (word.what()) {
        case "active" -> lastOfTurn.remove(word.voice());
        case "got" -> {
          int n = word.number();
          assertThat(out).as("patch %s came again after its end", n).doesNotContainKey(n);
          assertThat(n)
              .as("the order in which one process got patches")
              .isGreaterThan(lastOfTurn.getOrDefault(word.voice(), 0));
          assertThat(n).as("a patch comes when all before it have come").isLessThan(highest + 2);
          lastOfTurn.put(word.voice(), n);
          highest = Math.max(highest, n);
        }
        case "out" -> out.put(word.number(), word.time());
        default -> {}
      }
    }
    assertThat(highest).as("all that was safe was delivered").isGreaterThanOrEqualTo(lastSafe);
    // Acknowledgements are confirmed one by one: of each blow, one may have hit the broker or the
    // process between the end of a patch and the word of it.
    assertThat(IntStream.rangeClosed(1, lastSafe).filter(n -> !out.containsKey(n)))
        .as("patches of whose end nobody heard")
        .hasSizeLessThanOrEqualTo(blows);
  }
}
