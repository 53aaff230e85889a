package dev.jiggety.agent.manager;

/** Another manager with a higher epoch has written the head. */
final class FencedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final long epoch;

  FencedException(long epoch) {
    super("a manager with the epoch " + epoch + " is active");
    this.epoch = epoch;
  }

  long epoch() {
    return epoch;
  }
}
