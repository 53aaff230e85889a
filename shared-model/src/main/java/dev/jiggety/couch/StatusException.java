package dev.jiggety.couch;

import java.time.Duration;
import java.util.Optional;
import org.lightcouch.CouchDbException;

/** An answer that says no, on its way through LightCouch to where outcomes are made of it. */
final class StatusException extends CouchDbException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String error;
  private final String reason;
  private final transient Optional<Duration> retryAfter;

  StatusException(int status, String error, String reason, Optional<Duration> retryAfter) {
    super(error);
    this.status = status;
    this.error = error;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** One line for people. */
  String inWords() {
    return "the hub cannot now: " + status + " " + error + ": " + reason;
  }

  int status() {
    return status;
  }

  String error() {
    return error;
  }

  String reason() {
    return reason;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
