package dev.jiggety.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker in a second process on this machine, over TCP. */
class RemoteQueueTest extends PatchQueueContract {
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

  @Override
  PatchQueue open() {
    return ArtemisQueue.open(broker.config());
  }

  @Override
  PatchQueue openSecond() {
    return open();
  }

  @Test
  void itSaysWhereItListensAndNothingElse() {
    assertThat(broker.process().lines())
        .as("no word of sun.misc.Unsafe, of netty or of the broker's inner life")
        .containsExactly("broker is listening on tcp://127.0.0.1:" + broker.port());
  }
}
