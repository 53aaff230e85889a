package dev.jiggety.model;

import java.time.Duration;
import java.time.Instant;
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
 * @param certificateEnds when the first certificate of the site's chain ends, where that is within
 *     {@link #SOON} or over; null where it is not soon, or there was no certificate
 */
public record Findings(
    List<Step> steps,
    List<Chunk> chunks,
    @Nullable PageLoad page,
    @Nullable Evidence evidence,
    @Nullable Instant certificateEnds) {
  /**
   * How near the end of a certificate is told with each sample; earlier it would only cost room.
   */
  public static final Duration SOON = Duration.ofDays(61);

  /** Nothing. */
  public static final Findings NONE = new Findings(List.of(), List.of(), null, null);

  public Findings {
    steps = List.copyOf(steps);
    chunks = List.copyOf(chunks);
  }

  /** Of a site without a certificate that ends soon. */
  public Findings(
      List<Step> steps, List<Chunk> chunks, @Nullable PageLoad page, @Nullable Evidence evidence) {
    this(steps, chunks, page, evidence, null);
  }

  /** Of a site whose certificate ends then; nothing more. */
  public static Findings certificate(Instant ends) {
    return new Findings(List.of(), List.of(), null, null, ends);
  }

  /** Whether the end of a certificate is near enough to be told. */
  public static boolean isSoon(Instant ends, Instant now) {
    return ends.isBefore(now.plus(SOON));
  }

  /**
   * A point in the arrival of a body.
   *
   * @param at since the first byte of the answer
   * @param bytes how many had come by then
   */
  public record Chunk(Duration at, long bytes) {}
}
