package dev.jiggety.agent.probe;

/** A measurement in isolation came to nothing by the node's own trouble; says why in one line. */
public final class WorkerLostException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean crashed;

  /**
   * The reason, for people.
   *
   * @param crashed whether what was measured may have brought the worker down
   */
  public WorkerLostException(String reason, boolean crashed) {
    super(reason);
    this.crashed = crashed;
  }

  /** Whether what was measured may have brought the worker down, rather than somebody outside. */
  public boolean crashed() {
    return crashed;
  }
}
