package dev.jiggety.agent.bench.couch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does the same thing again and again on some connections.
 *
 * @param warmUp what does not count
 * @param time what does
 */
record Load(Duration warmUp, Duration time) {

  /** One request with its answer. */
  interface Step {
    /** Returns how much was done, in whatever is counted. */
    long run(Wire wire) throws IOException, NotMeasuredException;
  }

  /** How much is done a second; each connection counts from its first to its last answer. */
  double rate(Server server, int connections, Step step)
      throws InterruptedException, IOException, NotMeasuredException {
    try (var threads = Executors.newFixedThreadPool(connections)) {
      List<Future<Double>> rates = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        Callable<Double> line = () -> rate(server, step);
        rates.add(threads.submit(line));
      }
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += rate.get();
      }
      return sum;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case NotMeasuredException reason -> throw reason;
        case IOException fault -> throw fault;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  private double rate(Server server, Step step) throws IOException, NotMeasuredException {
    try (Wire wire = new Wire(server.address())) {
      repeat(wire, step, warmUp);
      long begun = System.nanoTime();
      long done = repeat(wire, step, time);
      return done * 1e9 / (double) (System.nanoTime() - begun);
    }
  }

  private static long repeat(Wire wire, Step step, Duration time)
      throws IOException, NotMeasuredException {
    long end = System.nanoTime() + time.toNanos();
    long done = 0;
    do {
      done += step.run(wire);
    } while (System.nanoTime() < end);
    return done;
  }
}
