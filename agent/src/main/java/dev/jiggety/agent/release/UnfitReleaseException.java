package dev.jiggety.agent.release;

/** A release that must not run here, now or later; one line that says why. */
public final class UnfitReleaseException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnfitReleaseException(String message) {
    super(message);
  }
}
