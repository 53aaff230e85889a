package dev.jiggety.agent.exchange;

import dev.jiggety.model.Findings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * When how much of a body had come. Every part is too much to keep: when there are many points,
 * every second one goes, and from then on only every second one is taken.
 */
final class Arrivals {
  private static final int MOST = 16;

  private final LongSupplier nanos;
  private final long start;
  private final long[] at = new long[MOST];
  private final long[] bytes = new long[MOST];
  private int size;
  private int every = 1;
  private int skipped;
  private long last;

  Arrivals(LongSupplier nanos) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.last = start;
  }

  /** More came. */
  void add(long soFar) {
    last = nanos.getAsLong();
    skipped++;
    if (skipped < every) {
      return;
    }
    skipped = 0;
    if (size == MOST) {
      for (int i = 0; i < MOST / 2; i++) {
        at[i] = at[2 * i + 1];
        bytes[i] = bytes[2 * i + 1];
      }
      size = MOST / 2;
      every *= 2;
    }
    at[size] = last - start;
    bytes[size] = soFar;
    size++;
  }

  /** The points, the last is that of the last part that came; none when nothing did. */
  List<Findings.Chunk> chunks(long total) {
    List<Findings.Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      chunks.add(new Findings.Chunk(Duration.ofNanos(at[i]), bytes[i]));
    }
    if (total > 0 && (size == 0 || bytes[size - 1] < total)) {
      chunks.add(new Findings.Chunk(Duration.ofNanos(last - start), total));
    }
    return chunks;
  }
}
