package dev.jiggety.agent.bench.couch;

/** A figure cannot be had here; the message says why, for the report. */
final class NotMeasuredException extends Exception {
  private static final long serialVersionUID = 1;

  NotMeasuredException(String reason) {
    super(reason);
  }
}
