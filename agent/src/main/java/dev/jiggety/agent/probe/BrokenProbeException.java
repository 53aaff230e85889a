package dev.jiggety.agent.probe;

/** A probe in isolation threw something, which it should not; names what. */
public final class BrokenProbeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With the simple name of what was thrown. */
  public BrokenProbeException(String thrown) {
    super(thrown);
  }
}
