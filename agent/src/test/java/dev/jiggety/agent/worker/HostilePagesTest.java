package dev.jiggety.agent.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.agent.browser.HostileSite;
import dev.jiggety.agent.browser.Trap;
import dev.jiggety.agent.probe.HiccupMeter;
import dev.jiggety.agent.probe.Isolation;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.agent.probe.RunExecutor;
import dev.jiggety.agent.probe.WorkerLostException;
import dev.jiggety.agent.schedule.Accounts;
import dev.jiggety.agent.schedule.NodeClock;
import dev.jiggety.agent.schedule.Scheduler;
import dev.jiggety.agent.schedule.Slot;
import dev.jiggety.model.Check;
import dev.jiggety.model.Engine;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile pages in real worker processes, while a plain test goes on beside them each second: the
 * pages fail with the right reason, and the plain test does not notice.
 */
class HostilePagesTest {
  private static final Duration TIME = Duration.ofSeconds(3);
  private static final int AT_ONCE = 2;
  private static final long MEGABYTE = 1 << 20;

  @TempDir private Path folder;

  @Test
  void hostilePagesFailWithTheRightReasonAndNobodyElseNotices() throws Exception {
    try (HostileSite site = HostileSite.open();
        Plain plain = new Plain(site.harmless());
        WorkerPool pool =
            WorkerPool.open(WorkerOptions.in(folder).withWorkers(AT_ONCE).withMegabytes(128))) {
      Isolation places = pool.places();
      assertThat(measure(places, site.harmless()).failure()).isNull();
      long memory = ProcessMemory.of(ProcessHandle.current().pid());
      Map<Trap, Sample> samples = springAll(site, places);
      assertThat(ProcessMemory.of(ProcessHandle.current().pid()) - memory)
          .isLessThan(256 * MEGABYTE);
      assertThat(samples).containsOnlyKeys(Trap.values());
      assertThat(wrong(samples)).isEmpty();
      assertThat(measure(places, site.harmless()).failure()).isNull();
      plain.assertUndisturbed();
    }
    await().until(() -> Living.processes(folder), List::isEmpty);
    await().until(() -> Living.folders(folder), List::isEmpty);
  }

  private static Map<Trap, Sample> springAll(HostileSite site, Isolation places)
      throws InterruptedException {
    Queue<Trap> traps = new ConcurrentLinkedQueue<>(List.of(Trap.values()));
    Map<Trap, Sample> samples = new ConcurrentHashMap<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (Trap trap = traps.poll(); trap != null; trap = traps.poll()) {
                  samples.put(trap, measure(places, site.url(trap)));
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return samples;
  }

  /** As the agent does: a worker that is lost gets a second chance. */
  private static Sample measure(Isolation places, String url) {
    Check check =
        new Check.Page(
            url, Engine.HTMLUNIT, 1280, 800, Duration.ofMillis(200), HostileSite.connection());
    WorkerLostException lost = null;
    for (int i = 0; i < 2; i++) {
      try (Isolation.Place place = places.take()) {
        return place.measure(new Probe.Request(check, TIME, List.of()));
      } catch (WorkerLostException e) {
        lost = e;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw lost;
  }

  private static List<String> wrong(Map<Trap, Sample> samples) {
    List<String> wrong = new ArrayList<>();
    samples.forEach((trap, sample) -> {
      Failure failure = sample.failure();
      boolean right =
          failure == null
              ? trap.mayLoad()
              : trap.reasons().contains(failure.kind()) || isTheNodes(failure);
      if (!right) {
        wrong.add(trap + ": " + failure);
      }
    });
    return wrong;
  }

  /** A machine that is busy with other things says so, and does not blame the site. */
  private static boolean isTheNodes(Failure failure) {
    return failure.kind() == ErrorKind.INTERNAL && failure.text().contains("too busy");
  }

  /** A plain test each second, on the agent's schedule. */
  private static final class Plain implements AutoCloseable {
    private final HiccupMeter meter = new HiccupMeter();
    private final List<Run> runs = new CopyOnWriteArrayList<>();
    private final List<SkippedSlots> skipped = new CopyOnWriteArrayList<>();
    private final RunExecutor executor =
        new RunExecutor(Probes::find, meter, NodeClock.system(), 8, RunExecutor.Pause.SLEEP);
    private final Scheduler scheduler =
        new Scheduler(
            "here",
            NodeClock.system(),
            new Accounts.Opening(Map.of(), 0),
            this::start,
            new Skipped(skipped));

    private Plain(String url) {
      scheduler.update(
          List.of(
              TestDefinition.builder("plain", Check.Http.get(url))
                  .schedule(new Schedule.Every(Duration.ofSeconds(1)))
                  .build()));
      scheduler.start();
    }

    private void start(Slot slot) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              runs.add(executor.run(slot.test(), "here", slot.planned()));
              scheduler.finished(slot.test().id());
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }

    private void assertUndisturbed() {
      assertThat(skipped).isEmpty();
      Duration span = Duration.between(runs.getFirst().plannedAt(), runs.getLast().plannedAt());
      assertThat(runs).hasSize((int) span.toSeconds() + 1);
      assertThat(runs).extracting(Run::verdict).containsOnly(Verdict.UP);
    }

    @Override
    public void close() {
      scheduler.close();
      meter.close();
    }
  }

  private record Skipped(Collection<SkippedSlots> slots) implements Accounts {
    @Override
    public void skipped(SkippedSlots more) {
      slots.add(more);
    }

    @Override
    public void eraBegins(int era) {}
  }
}
