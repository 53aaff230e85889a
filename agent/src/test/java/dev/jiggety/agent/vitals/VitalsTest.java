package dev.jiggety.agent.vitals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jiggety.model.Vitals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VitalsTest {
  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private final Logger log = Logger.getLogger("dev.jiggety.agent.vitals");
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          said.add(new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    log.setUseParentHandlers(false);
    log.addHandler(listener);
  }

  @AfterEach
  void hush() {
    log.removeHandler(listener);
    log.setUseParentHandlers(true);
  }

  @Test
  void whoIsMissingIsSaidOnceAndOnceWhenHeIsBack() {
    Map<String, String> amiss = new TreeMap<>();
    Neighbours neighbours = new Neighbours(() -> amiss);
    neighbours.look();
    assertThat(said).isEmpty();

    amiss.put("node:north", "the node north is silent since noon");
    neighbours.look();
    neighbours.look();
    assertThat(said).containsExactly("the node north is silent since noon");
    assertThat(neighbours.notices()).containsExactly("the node north is silent since noon");

    amiss.clear();
    neighbours.look();
    assertThat(said).last().isEqualTo("node:north is in order again");
    assertThat(said).hasSize(2);
    assertThat(neighbours.notices()).isEmpty();
  }

  @Test
  void aHubThatCannotBeAskedSaysNothingOfTheOthers() {
    Map<String, String> amiss = new TreeMap<>(Map.of("manager", "no manager is active"));
    Neighbours neighbours =
        new Neighbours(() -> {
          if (amiss.isEmpty()) {
            throw new IllegalStateException("away");
          }
          return amiss;
        });
    neighbours.look();
    amiss.clear();
    assertThatThrownBy(neighbours::look).hasMessage("away");
    assertThat(neighbours.notices()).containsExactly("no manager is active");
  }

  @Test
  void aBeatGoesOnWhateverComesOfItAndSaysSoOnce() {
    AtomicInteger beats = new AtomicInteger();
    try (Beat _ =
        Beat.start(
            "counting",
            Duration.ofMillis(1),
            () -> {
              if (beats.incrementAndGet() < 5) {
                throw new IllegalStateException("not yet");
              }
            })) {
      await().until(() -> beats.get() > 8);
    }
    int last = beats.get();
    assertThat(said).containsExactly("counting fails: not yet", "counting works again");
    assertThat(beats).hasValue(last);
  }

  @Test
  void theMachineIsLookedAt() {
    Vitals vitals = Machine.look(folder, List.of("a notice"));
    assertThat(vitals.diskFree()).isPositive();
    assertThat(vitals.memory()).isGreaterThan(1 << 20);
    assertThat(vitals.notices()).endsWith("a notice");
    assertThat(Machine.look(folder.resolve("gone"), List.of()).diskFree()).isNull();
  }
}
