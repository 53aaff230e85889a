package dev.jiggety.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.desktop.fx.Tasks;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BackgroundTest {
  @Test
  void theEndWaitsForWhatIsBeingWritten() throws InterruptedException {
    Background background = new Background(Duration.ofMinutes(1));
    AtomicBoolean written = new AtomicBoolean();
    CountDownLatch disk = new CountDownLatch(1);
    new Tasks(background, Runnable::run)
        .create(() -> {
          disk.await();
          written.set(true);
          return true;
        })
        .start();
    Thread end = Thread.ofPlatform().start(background::close);
    await().until(() -> end.getState() == Thread.State.TIMED_WAITING);
    disk.countDown();
    end.join();
    assertThat(written).isTrue();
  }

  @Test
  void whatWouldWaitForeverIsInterruptedSoThatItCanPutThingsAway() {
    Background background = new Background(Duration.ofMillis(200));
    AtomicBoolean away = new AtomicBoolean();
    new Tasks(background, Runnable::run)
        .create(() -> {
          try {
            new CountDownLatch(1).await();
          } finally {
            away.set(true);
          }
          return true;
        })
        .onError(InterruptedException.class, e -> {})
        .start();
    background.close();
    assertThat(away).isTrue();
  }
}
