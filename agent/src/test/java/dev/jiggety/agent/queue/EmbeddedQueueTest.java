package dev.jiggety.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker in the process. */
class EmbeddedQueueTest extends PatchQueueContract {
  @TempDir Path folder;
  private @Nullable PatchQueue open;

  @Override
  PatchQueue open() {
    open = ArtemisQueue.open(QueueConfig.embedded(folder.resolve("queue")));
    return open;
  }

  /** Nobody else reaches a broker in the process. */
  @Override
  PatchQueue openSecond() {
    return open;
  }

  @Test
  void allIsThereAfterARestartAlsoTheMemoryOfDuplicates() {
    try (PatchQueue queue = open()) {
      put(queue, 1, 3);
      try (Listener one = Listener.keeping(queue).awaitPatches(patches(1, 3))) {
        one.acknowledge(id(1));
      }
    }
    try (PatchQueue queue = open()) {
      put(queue, 1, 4);
      try (Listener two = Listener.keeping(queue)) {
        two.awaitPatches(patches(2, 4));
      }
    }
  }

  @Test
  void theFolderIsOursAloneAndASecondBrokerIsToldSo() throws Exception {
    try (PatchQueue _ = open()) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("queue"))))
          .isEqualTo("rwx------");
      assertThatThrownBy(this::open)
          .isInstanceOf(QueueException.class)
          .hasMessageContaining(folder.resolve("queue") + " is in use")
          .hasMessageContaining("use another folder");
    }
  }
}
