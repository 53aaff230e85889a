package dev.jiggety.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class VigilTest {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final AtomicBoolean isReady = new AtomicBoolean();
  private final AtomicReference<String> status = new AtomicReference<>("starting");
  private final AtomicReference<Duration> silence = new AtomicReference<>(Duration.ZERO);
  private NotifyReceiver systemd;

  @BeforeEach
  void listen() throws Throwable {
    systemd =
        NotifyReceiver.open(
            "@jiggety-vigil-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
  }

  @AfterEach
  void end() {
    systemd.close();
  }

  private Vigil vigil() {
    Notifier notifier =
        Notifier.of(
            Map.of("NOTIFY_SOCKET", systemd.name(), "WATCHDOG_USEC", "30000000"),
            ProcessHandle.current().pid());
    return Vigil.of(
        notifier,
        new Vigil.Watched(
            isReady::get, status::get, List.of(new Sign("the scheduler", silence::get, LONGEST))));
  }

  private void told(String line, int times) {
    await().untilAsserted(() -> assertThat(systemd.count(line)).as(line).isEqualTo(times));
  }

  @Test
  void isReadyOnceAndOnlyWhenTheRoleServes() {
    Vigil vigil = vigil();
    vigil.look();
    told("WATCHDOG=1", 1);
    assertThat(systemd.count("READY=1")).isZero();
    isReady.set(true);
    vigil.look();
    vigil.look();
    told("WATCHDOG=1", 3);
    told("READY=1", 1);
    status.set("13 tests");
    vigil.look();
    vigil.look();
    told("STATUS=13 tests", 1);
    vigil.close();
    told("STOPPING=1", 1);
  }

  @Test
  void doesNotSpeakForARoleThatHangs() {
    isReady.set(true);
    Vigil vigil = vigil();
    vigil.look();
    told("WATCHDOG=1", 1);
    silence.set(LONGEST.plusMillis(1));
    vigil.look(); // once may be a standstill of the whole machine
    told("WATCHDOG=1", 2);
    for (int i = 0; i < 5; i++) {
      vigil.look();
    }
    told("STATUS=the scheduler does not move", 1);
    assertThat(systemd.count("WATCHDOG=1")).isEqualTo(2);
    silence.set(Duration.ZERO);
    vigil.look();
    told("WATCHDOG=1", 3);
  }
}
