package dev.jiggety.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.probe.HiccupMeter;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.agent.probe.RunExecutor;
import dev.jiggety.agent.schedule.Slot;
import dev.jiggety.model.Check;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RunStarterTest {
  private static final Instant PLANNED = Instant.parse("2026-11-18T10:00:00Z");

  @Test
  void aRunThatTheEndOfTheNodeCutsIsMissedBeforeWhatItHidIsTold() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Probe hanging =
        new Probe() {
          @Override
          public String kind() {
            return Check.Http.KIND;
          }

          @Override
          public Sample measure(Request request) {
            begun.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("told to stop");
          }
        };
    List<String> told = new CopyOnWriteArrayList<>();
    try (HiccupMeter meter = new HiccupMeter()) {
      RunExecutor executor =
          new RunExecutor(
              _ -> Optional.of(hanging),
              meter,
              InstantSource.fixed(PLANNED),
              1,
              RunExecutor.Pause.SLEEP);
      RunStarter starter = new RunStarter("berlin", executor, new Told(told));
      TestDefinition test =
          TestDefinition.builder("home", Check.Http.get("http://127.0.0.1:1/")).build();
      starter.start(new Slot(test, PLANNED));
      begun.await();
      starter.stop(Duration.ofMillis(1));
    }
    assertThat(told).containsExactly("missed " + PLANNED, "over home");
  }

  @Test
  void anEndThatCannotBeWrittenDownKeepsNoOtherRunGoing() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    List<String> over = new CopyOnWriteArrayList<>();
    RunStarter.Ends full =
        new RunStarter.Ends() {
          @Override
          public void done(Run run) {
            throw new IllegalStateException("the disk is full");
          }

          @Override
          public void broken(SkippedSlots slot) {
            throw new IllegalStateException("the disk is full");
          }

          @Override
          public void over(String testId) {
            over.add(testId);
          }
        };
    try (HiccupMeter meter = new HiccupMeter()) {
      RunExecutor executor =
          new RunExecutor(
              _ -> Optional.of(new Hanging(begun)),
              meter,
              InstantSource.fixed(PLANNED),
              2,
              RunExecutor.Pause.SLEEP);
      RunStarter starter = new RunStarter("berlin", executor, full);
      for (String id : List.of("home", "shop")) {
        TestDefinition test =
            TestDefinition.builder(id, Check.Http.get("http://127.0.0.1:1/")).build();
        starter.start(new Slot(test, PLANNED));
      }
      begun.await();
      starter.stop(Duration.ofMillis(1));
      assertThat(starter.running()).isZero();
    }
    assertThat(over).containsExactlyInAnyOrder("home", "shop");
  }

  /** Until it is interrupted. */
  private record Hanging(CountDownLatch begun) implements Probe {
    @Override
    public String kind() {
      return Check.Http.KIND;
    }

    @Override
    public Sample measure(Request request) {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException("told to stop");
    }
  }

  private record Told(List<String> lines) implements RunStarter.Ends {
    @Override
    public void done(Run run) {
      lines.add("done " + run.plannedAt());
    }

    @Override
    public void broken(SkippedSlots slot) {
      lines.add("missed " + slot.first());
    }

    @Override
    public void over(String testId) {
      lines.add("over " + testId);
    }
  }
}
