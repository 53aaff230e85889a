package dev.jiggety.agent.service;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * A sign of life of one part of this process.
 *
 * @param part what shows it, as in "the scheduler"
 * @param since how long it has not been seen; must not block
 * @param longest when it is away for longer, the part hangs
 */
public record Sign(String part, Supplier<Duration> since, Duration longest) {
  boolean isMissing() {
    return since.get().compareTo(longest) > 0;
  }
}
