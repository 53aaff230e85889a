package dev.jiggety.desktop.fx;

import java.time.Duration;

/** Calls back again and again, on a thread of its own; a test turns the hands itself. */
@FunctionalInterface
public interface Ticker {
  /**
   * Calls {@code action} every {@code period} until the pin is closed. The action must be short; if
   * it fails, it is logged and called again all the same.
   */
  Pin every(Duration period, Runnable action);
}
