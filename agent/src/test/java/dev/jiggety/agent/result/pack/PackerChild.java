package dev.jiggety.agent.result.pack;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A process that measures and packs, an hour in a moment, until somebody kills it. */
final class PackerChild {
  static final Instant BASE = Instant.parse("2026-11-18T00:00:00Z");
  static final int RUNS_AN_HOUR = 6;

  private PackerChild() {}

  /** Arguments: the folder, and the number of the first run. */
  public static void main(String[] args) throws Exception {
    try (PackBed bed = new PackBed(Path.of(args[0]), BASE)) {
      for (int i = Integer.parseInt(args[1]); true; i++) {
        Instant planned = planned(i);
        bed.batch(i + 1L, List.of(PackBed.run("home", planned)), List.of());
        if (i % 3 == 0) {
          // A run of hours ago that comes late, and is no repetition.
          bed.batch(
              1_000_000L + i,
              List.of(PackBed.run("home", planned.minus(Duration.ofHours(5)).plusSeconds(1))),
              List.of());
        }
        System.out.println(i); // before it is packed: the kill is in the middle of something
        bed.turn(planned);
      }
    }
  }

  static Instant planned(int number) {
    return BASE.plus(Duration.ofHours(1).dividedBy(RUNS_AN_HOUR).multipliedBy(number));
  }
}
