package dev.jiggety.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sample tells beyond its times, where its kind of test has more to tell.
 *
 * @param steps in order; empty where there is only one
 * @param chunks when parts of the last body came, since the first byte of the answer; few points,
 *     the last is the end
 * @param page how the page loaded; null for other kinds
 * @param evidence what was there when it failed; null when it did not or there was nothing
 */
public record Findings(
    List<Step> steps, List<Chunk> chunks, @Nullable PageLoad page, @Nullable Evidence evidence) {
  /** Nothing. */
  public static final Findings NONE = new Findings(List.of(), List.of(), null, null);

  public Findings {
    steps = List.copyOf(steps);
    chunks = List.copyOf(chunks);
  }

  /**
   * A point in the arrival of a body.
   *
   * @param at since the first byte of the answer
   * @param bytes how many had come by then
   */
  public record Chunk(Duration at, long bytes) {}
}
