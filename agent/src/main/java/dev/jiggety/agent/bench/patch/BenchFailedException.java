package dev.jiggety.agent.bench.patch;

/** A benchmark cannot go on; the message says in one line what was expected and what came. */
public final class BenchFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  public BenchFailedException(String message) {
    super(message);
  }
}
