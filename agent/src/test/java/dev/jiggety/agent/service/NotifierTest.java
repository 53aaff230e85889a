package dev.jiggety.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class NotifierTest {
  private static final long PID = 4711;

  @TempDir private Path folder;

  @Test
  void tellsOverASocketWithAPath() throws Throwable {
    try (NotifyReceiver systemd = NotifyReceiver.open(folder.resolve("notify").toString())) {
      Notifier notifier = notifier(systemd.name());
      assertThat(notifier.isWanted()).isTrue();
      assertThat(notifier.ready("all\nis well")).isTrue();
      assertThat(notifier.status("13 tests")).isTrue();
      assertThat(notifier.alive()).isTrue();
      assertThat(notifier.reloading()).isTrue();
      assertThat(notifier.stopping()).isTrue();
      await().until(() -> systemd.count("STOPPING=1") == 1);
      assertThat(systemd.lines())
          .containsSubsequence(
              "READY=1", "STATUS=all is well", "STATUS=13 tests", "WATCHDOG=1", "RELOADING=1")
          .anyMatch(line -> line.matches("MONOTONIC_USEC=\\d+"));
    }
  }

  @Test
  void tellsOverAnAbstractSocket() throws Throwable {
    String name = "@jiggety-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    try (NotifyReceiver systemd = NotifyReceiver.open(name)) {
      assertThat(notifier(systemd.name()).ready("grün")).isTrue();
      await().until(() -> systemd.count("STATUS=grün") == 1);
    }
  }

  @Test
  void whereNobodyListensItSaysSoAndGoesOn() {
    Notifier notifier = notifier(folder.resolve("nobody").toString());
    assertThat(notifier.ready("")).isFalse();
    assertThat(notifier.alive()).isFalse();
  }

  @Test
  void doesNothingWhereNobodyAsked() {
    Notifier notifier = Notifier.of(Map.of("WATCHDOG_USEC", "1000"), PID);
    assertThat(notifier.isWanted()).isFalse();
    assertThat(notifier.ready("")).isTrue();
    assertThat(notifier.watchdog()).isEmpty();
    assertThat(Notifier.of(Map.of("NOTIFY_SOCKET", "vsock:2:1234"), PID).isWanted()).isFalse();
    String long109 = "/" + "x".repeat(108);
    assertThat(Notifier.of(Map.of("NOTIFY_SOCKET", long109), PID).isWanted()).isFalse();
  }

  @Test
  void theWatchdogIsThatOfThisProcess() {
    assertThat(watchdog("30000000", "4711")).isEqualTo(Duration.ofSeconds(30));
    assertThat(watchdog("30000000", "")).isEqualTo(Duration.ofSeconds(30));
    assertThat(watchdog("30000000", "4712")).isZero();
    assertThat(watchdog("0", "")).isZero();
    assertThat(watchdog("soon", "")).isZero();
  }

  private static Duration watchdog(String micros, String pid) {
    return Notifier.of(
            Map.of("NOTIFY_SOCKET", "@x", "WATCHDOG_USEC", micros, "WATCHDOG_PID", pid), PID)
        .watchdog()
        .orElse(Duration.ZERO);
  }

  private static Notifier notifier(String socket) {
    return Notifier.of(Map.of("NOTIFY_SOCKET", socket), PID);
  }
}
