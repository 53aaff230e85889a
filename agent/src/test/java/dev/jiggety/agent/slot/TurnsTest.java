package dev.jiggety.agent.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final List<String> done = new ArrayList<>();
  private final Turns turns = new Turns("n1", () -> done.add("afterwards"));

  @Test
  void whatATurnBringsComesAfterIt() {
    turns.add(() -> {
      turns.add(() -> done.add("second"));
      done.add("first");
    });
    assertThat(done).containsExactly("first", "second", "afterwards");
  }

  @Test
  void oneThatStumblesStopsNobody() {
    turns.add(() -> {
      throw new IllegalStateException("stumbled");
    });
    turns.add(() -> done.add("next"));
    assertThat(done).containsExactly("afterwards", "next", "afterwards");
  }

  @Test
  void nothingIsDoneAfterTheEnd() {
    turns.add(() -> {
      turns.add(() -> done.add("too late"));
      turns.end();
    });
    turns.add(() -> done.add("too late"));
    assertThat(done).doesNotContain("too late");
    assertThat(turns.isEnded()).isTrue();
  }

  @Test
  void manyThreadsNeverDoTwoAtATime() {
    int[] count = {0};
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 1000; i++) {
        threads.execute(() -> turns.add(() -> count[0]++));
      }
    }
    assertThat(count[0]).isEqualTo(1000);
  }
}
