package dev.jiggety.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds of every line of patches, wherever its broker is. */
abstract class PatchQueueContract {

  /** The line, opened anew on the same broker; the test closes it. */
  abstract PatchQueue open();

  /** Opens the same line as a second manager would; may be the same object. */
  abstract PatchQueue openSecond();

  static void put(PatchQueue queue, int from, int to) {
    IntStream.rangeClosed(from, to).forEach(n -> queue.put(new QueuedPatch("p" + n, n)));
  }

  static String[] patches(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(n -> "p" + n + "#" + n).toArray(String[]::new);
  }

  @Test
  void aCandidateIsActiveWhenTheLineIsEmptyAndGetsWhatIsPutLater() {
    try (PatchQueue queue = open();
        Listener one = Listener.keeping(queue).awaitActive()) {
      put(queue, 1, 3);
      one.awaitPatches(patches(1, 3));
    }
  }

  @Test
  void whatWaitsIsDeliveredInOrderAndWhatIsAcknowledgedStaysGone() {
    try (PatchQueue queue = open()) {
      put(queue, 1, 5);
      try (Listener one = Listener.keeping(queue).awaitPatches(patches(1, 5))) {
        one.acknowledge("p1");
        one.acknowledge("p2");
        one.acknowledge("p4"); // not in order: the others stay where they are
        one.acknowledge("never heard of");
      }
      try (Listener two = Listener.keeping(queue)) {
        two.awaitPatches("p3#3", "p5#5");
      }
    }
  }

  @Test
  void aPatchThatIsOrWasInTheLineIsNotPutASecondTime() {
    try (PatchQueue queue = open()) {
      put(queue, 1, 2);
      put(queue, 1, 2);
      try (Listener one = Listener.keeping(queue).awaitPatches(patches(1, 2))) {
        one.acknowledge("p1");
        one.acknowledge("p2");
      }
      put(queue, 1, 3);
      try (Listener two = Listener.keeping(queue)) {
        two.awaitPatches("p3#3");
      }
    }
  }

  @Test
  void atMostOneIsActiveAndTheNextOneGetsTheRestInOrder() {
    try (PatchQueue first = open();
        PatchQueue second = openSecond()) {
      put(first, 1, 4);
      try (Listener one = Listener.keeping(first).awaitPatches(patches(1, 4));
          Listener two = Listener.keeping(second)) {
        one.acknowledge("p1");
        assertThat(two.told()).as("the one that waits").doesNotContain("active");
        one.leave();
        two.awaitPatches(patches(2, 4));
        assertThat(one.isActive()).as("as the first one last heard").isTrue();
      }
    }
  }

  @Test
  void atMostSixtyFourAreInHandsAndFiveHundredComeInOrder() {
    try (PatchQueue queue = open()) {
      put(queue, 1, 500);
      try (Listener keeping = Listener.keeping(queue)) {
        keeping.awaitPatches(patches(1, 64));
        keeping.acknowledge("p1");
        keeping.awaitPatches(patches(1, 65));
      }
      try (Listener quick = Listener.acknowledging(queue)) {
        quick.awaitPatches(patches(2, 500));
      }
    }
  }

  @Test
  void fiveHundredPutAtOnceAreThereOnceEachInTheOrderOfEveryOneThatPuts() throws Exception {
    try (PatchQueue queue = open()) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 10; t++) {
        int base = t * 50;
        threads.add(Thread.ofVirtual().start(() -> put(queue, base + 1, base + 50)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      try (Listener quick = Listener.acknowledging(queue)) {
        await().atMost(Listener.PATIENCE).until(() -> quick.patches().size() == 500);
        for (int t = 0; t < 10; t++) {
          List<String> mine = List.of(patches(t * 50 + 1, t * 50 + 50));
          assertThat(quick.patches().stream().filter(mine::contains)).isEqualTo(mine);
        }
      }
    }
  }

  @Test
  void aCandidateThatFailsIsToldOfTheNextPatchAllTheSame() {
    try (PatchQueue queue = open()) {
      put(queue, 1, 2);
      List<String> heard = new ArrayList<>();
      try (var _ =
          queue.stand(
              new PatchQueue.Candidate() {
                @Override
                public void active() {
                  throw new IllegalStateException("a manager with a fault");
                }

                @Override
                public synchronized void delivered(QueuedPatch patch) {
                  synchronized (heard) {
                    heard.add(patch.patchId());
                  }
                  throw new IllegalStateException("a manager with a fault");
                }

                @Override
                public void passive(String reason) {}
              })) {
        await()
            .atMost(Listener.PATIENCE)
            .until(() -> {
              synchronized (heard) {
                return heard.equals(List.of("p1", "p2"));
              }
            });
      }
    }
  }
}
