package dev.jiggety.agent.queue;

import static dev.jiggety.agent.queue.Listener.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.agent.e2e.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that gets full, and a folder that cannot be used. */
class FullDiskTest {
  @TempDir Path folder;
  private SmallDisk disk;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount(folder.resolve("disk"), 64 << 20);
  }

  @AfterEach
  void unmount() throws Exception {
    disk.close();
  }

  @Test
  void patchesAreRefusedWhileThereIsRoomToEndInOrderAndTakenWhenThereIsRoomAgain()
      throws Exception {
    try (PatchQueue queue = ArtemisQueue.open(QueueConfig.embedded(disk.folder().resolve("q")));
        Listener one = Listener.keeping(queue).awaitActive()) {
      queue.put(new QueuedPatch("before", 1));
      disk.fill(4 << 20);
      QueueException refused = awaitRefusal(queue);
      assertThat(refused)
          .hasMessageContaining(disk.folder().resolve("q").toString())
          .hasMessageContaining("disk is full")
          .hasMessageContaining("put it again");
      disk.free();
      awaitTaken(queue);
      assertThat(one.awaitPatches("before#1", "after#2").told()).hasSize(3);
    }
  }

  @Test
  void aJournalThatBreaksMakesPassiveAndTheBrokerStartsAgainWhenTheDiskHasRoom() throws Exception {
    Path place = disk.folder().resolve("q");
    try (PatchQueue queue = ArtemisQueue.open(QueueConfig.embedded(place));
        Listener one = Listener.acknowledging(queue).awaitActive()) {
      Set<String> safe = breakJournal(queue, one);
      assertThat(one.awaitPassive(place.toString()).lines()).hasSize(1);
      assertThatThrownBy(() -> queue.put(new QueuedPatch("now", 1)))
          .isInstanceOf(QueueException.class)
          .hasMessageContaining(place.toString())
          .hasMessageContaining("put it again")
          .message()
          .hasLineCount(1);
      disk.free();
      one.awaitActive();
      awaitTaken(queue);
      soon("it").until(() -> one.patches().contains("after#2"));
      assertThat(one.told()).as("all that put said to be safe").containsAll(safe);
    }
  }

  @Test
  void aFullDiskAtTheStartIsNamed() throws Exception {
    disk.fill(1 << 20);
    assertThatThrownBy(() -> ArtemisQueue.open(QueueConfig.embedded(disk.folder().resolve("q"))))
        .isInstanceOf(QueueException.class)
        .hasMessageContaining("the disk of " + disk.folder().resolve("q"))
        .hasMessageContaining("free some space");
  }

  @Test
  void aFolderThatIsAFileIsNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> ArtemisQueue.open(QueueConfig.embedded(file)))
        .isInstanceOf(QueueException.class)
        .hasMessageContaining("cannot keep the queue in " + file)
        .hasMessageContaining("give a folder");
  }

  @Test
  void aDiskThatTakesNoWritesIsNamed() throws Exception {
    disk.makeReadOnly();
    assertThatThrownBy(() -> ArtemisQueue.open(QueueConfig.embedded(disk.folder().resolve("q"))))
        .isInstanceOf(QueueException.class)
        .hasMessageContaining("cannot keep the queue in " + disk.folder().resolve("q"));
  }

  private static QueueException awaitRefusal(PatchQueue queue) {
    List<QueueException> refusals = new ArrayList<>();
    soon("it")
        .until(() -> {
          try {
            queue.put(new QueuedPatch("before", 1)); // the broker looks once a second
            return false;
          } catch (QueueException e) {
            return refusals.add(e);
          }
        });
    return refusals.getFirst();
  }

  /**
   * Writes more on a full disk than the journal has room for, before the broker, which looks once a
   * second, sees that it is full. Gives back what was safe all the same.
   */
  private Set<String> breakJournal(PatchQueue queue, Listener one) throws IOException {
    Set<String> safe = new HashSet<>();
    String long10k = "x".repeat(10_000);
    int n = 0;
    while (true) {
      disk.fill();
      try {
        for (int i = 0; i < 300; i++) {
          n++;
          queue.put(new QueuedPatch(long10k + n, n));
          safe.add(long10k + n + "#" + n);
        }
      } catch (QueueException e) {
        if (!e.getMessage().contains("its disk is full")) {
          soon("the word of it").until(() -> !one.isActive());
          return safe;
        }
      }
      disk.free(); // the broker saw it before the journal broke
      awaitTaken(queue);
    }
  }

  private static void awaitTaken(PatchQueue queue) {
    soon("it")
        .ignoreExceptionsInstanceOf(QueueException.class)
        .until(() -> {
          queue.put(new QueuedPatch("after", 2));
          return true;
        });
  }
}
