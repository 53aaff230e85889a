package dev.jiggety.agent.queue;

import static dev.jiggety.agent.queue.Listener.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds of every line of patches, wherever its broker is. */
abstract class PatchQueueContract {

  /** The line, opened anew on the same broker; the test closes it. */
  abstract PatchQueue open();

  /** Opens the same line as a second manager would; may be the same object. */
  abstract PatchQueue openSecond();

  /** Tests may share a broker, which remembers the patches of all of them. */
  private final String prefix = UUID.randomUUID().toString().substring(0, 8) + "-";

  /** Leaves the line empty for the next test. */
  @AfterEach
  void drain() {
    try (PatchQueue queue = open();
        Listener all = Listener.acknowledging(queue)) {
      put(queue, 1_000, 1_000);
      soon("it").until(() -> all.told().contains(told(1_000)));
    }
  }

  String id(int n) {
    return prefix + n;
  }

  String told(int n) {
    return id(n) + "#" + n;
  }

  void put(PatchQueue queue, int from, int to) {
    IntStream.rangeClosed(from, to).forEach(n -> queue.put(new QueuedPatch(id(n), n)));
  }

  String[] patches(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(this::told).toArray(String[]::new);
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
        one.acknowledge(id(1));
        one.acknowledge(id(2));
        one.acknowledge(id(4)); // not in order: the others stay where they are
        one.acknowledge("never heard of");
      }
      try (Listener two = Listener.keeping(queue)) {
        two.awaitPatches(told(3), told(5));
      }
    }
  }

  @Test
  void aPatchThatIsOrWasInTheLineIsNotPutASecondTime() {
    try (PatchQueue queue = open()) {
      put(queue, 1, 2);
      put(queue, 1, 2);
      try (Listener one = Listener.keeping(queue).awaitPatches(patches(1, 2))) {
        one.acknowledge(id(1));
        one.acknowledge(id(2));
      }
      put(queue, 1, 3);
      try (Listener two = Listener.keeping(queue)) {
        two.awaitPatches(told(3));
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
        one.acknowledge(id(1));
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
        keeping.acknowledge(id(1));
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
        soon("it").until(() -> quick.patches().size() == 500);
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
        soon("it")
            .until(() -> {
              synchronized (heard) {
                return heard.equals(List.of(id(1), id(2)));
              }
            });
      }
    }
  }
}
