package dev.jiggety.agent.node;

import dev.jiggety.agent.probe.RunExecutor;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Tells of measurements that break their probe, or do not end. Safe for any thread. */
final class Watchdog implements RunExecutor.Monitor {
  /** A measurement takes at most a little longer than the timeout. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  /** It looks twice a second; when it did not for so long, all of this process stood still. */
  private static final Duration STANDSTILL = Duration.ofSeconds(2);

  private final BiConsumer<String, String> listener;
  private final Map<Thread, Measurement> running = new ConcurrentHashMap<>();
  private long looked = System.nanoTime();

  private record Measurement(TestDefinition test, long begun) {}

  /**
   * A watchdog.
   *
   * @param listener hears the id of the test and a line for people
   */
  Watchdog(BiConsumer<String, String> listener) {
    this.listener = listener;
  }

  @Override
  public void begins(TestDefinition test) {
    running.put(Thread.currentThread(), new Measurement(test, System.nanoTime()));
  }

  @Override
  public void ends(TestDefinition test, @Nullable Throwable broke) {
    running.remove(Thread.currentThread());
    if (broke != null) {
      listener.accept(
          test.id(),
          "the test %s crashes its executor: %s"
              .formatted(test.id(), broke.getClass().getSimpleName()));
    }
  }

  private static Duration limit(TestDefinition test) {
    return test.timeout().plus(test.check().preparation()).plus(MARGIN);
  }

  /** Looks for measurements that should be over; each is told once. */
  void look() {
    long now = System.nanoTime();
    long gap = now - looked;
    looked = now;
    if (gap > STANDSTILL.toNanos()) { // that time was nobody's
      running.replaceAll((_, one) -> new Measurement(one.test(), one.begun() + gap));
      return;
    }
    running.forEach((thread, measurement) -> {
      Duration longest = limit(measurement.test());
      if (now - measurement.begun() > longest.toNanos() && running.remove(thread, measurement)) {
        String id = measurement.test().id();
        listener.accept(
            id,
            "the test %s hangs: it does not end within %d s".formatted(id, longest.toSeconds()));
      }
    });
  }
}
