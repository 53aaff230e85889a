package dev.jiggety.agent.worker;

import dev.jiggety.agent.probe.Isolation;
import dev.jiggety.agent.probe.Probe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An agent with nothing but a pool, which measures one thing after the other: to be killed. */
final class PoolProcess {
  private PoolProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    WorkerPool pool =
        WorkerPool.open(
            WorkerOptions.in(Path.of(arguments[0])).withJava(WorkerPoolTest.UNPRACTISED));
    Isolation places = pool.places(1);
    System.out.println("open");
    for (int i = 1; i < arguments.length; i++) {
      try (Isolation.Place place = places.take()) {
        place.measure(
            new Probe.Request(TroubleProbe.check(arguments[i]), Duration.ofMinutes(2), List.of()));
      }
    }
  }
}
