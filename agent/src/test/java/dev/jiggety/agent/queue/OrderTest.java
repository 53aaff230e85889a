package dev.jiggety.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways in which message queues are known to lose the order; each was seen with other settings. */
class OrderTest {
  private static final int TAKEOVERS = 25;

  @TempDir static Path folder;
  private static @Nullable TestBroker broker;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = TestBroker.plain(folder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  /**
   * With acknowledgements in the session's transaction, a warm standby got the second patch before
   * the first, which its predecessor had had in hands, in every round.
   */
  @Test
  void aStandbyGetsWhatItsPredecessorHadInHandsBeforeAllElse() {
    try (PatchQueue queue = ArtemisQueue.open(broker.config());
        PatchQueue other = ArtemisQueue.open(broker.config())) {
      for (int n = 1; n <= 5; n++) {
        queue.put(new QueuedPatch("kept-" + n, n));
      }
      String[] all = {"kept-1#1", "kept-2#2", "kept-3#3", "kept-4#4", "kept-5#5"};
      Listener active = Listener.keeping(queue).awaitPatches(all);
      for (int round = 0; round < TAKEOVERS; round++) {
        Listener standby = Listener.keeping(round % 2 == 0 ? other : queue);
        active.leave();
        active = standby.awaitPatches(all);
      }
      for (int n = 1; n <= 5; n++) {
        active.acknowledge("kept-" + n);
      }
      active.leave();
    }
  }

  /**
   * After ten attempts, a broker puts a message elsewhere or throws it away; with a delay before
   * each attempt, later ones overtake.
   */
  @Test
  void aPatchThatIsGivenBackAgainAndAgainStaysFirst() {
    try (PatchQueue queue = ArtemisQueue.open(broker.config())) {
      queue.put(new QueuedPatch("stubborn-1", 1));
      queue.put(new QueuedPatch("stubborn-2", 2));
      for (int attempt = 1; attempt <= 15; attempt++) {
        try (Listener one = Listener.keeping(queue)) {
          one.awaitPatches("stubborn-1#1", "stubborn-2#2");
        }
      }
      try (Listener last = Listener.acknowledging(queue)) {
        last.awaitPatches("stubborn-1#1", "stubborn-2#2");
      }
    }
    assertThat(broker.process().lines()).hasSize(1);
  }
}
