package dev.jiggety.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A named part of a sample: a line of a script, or a request that goes ahead of the main one.
 *
 * @param name what it is called; by default the text of the line, with secrets masked
 * @param line of the script, from 1; 0 where there are no lines
 * @param offset from the beginning of the sample
 * @param total how long it took
 * @param phases of all requests that it made, added up; {@link Phases#NONE} when it made none or
 *     the engine knows no phases
 * @param failure why the sample ended here; null when it did not
 * @param output what it wrote for people, at most 2000 characters; empty for nothing
 */
public record Step(
    String name,
    int line,
    Duration offset,
    Duration total,
    Phases phases,
    @Nullable Failure failure,
    String output) {

  /** A step that wrote nothing. */
  public Step(
      String name,
      int line,
      Duration offset,
      Duration total,
      Phases phases,
      @Nullable Failure failure) {
    this(name, line, offset, total, phases, failure, "");
  }
}
