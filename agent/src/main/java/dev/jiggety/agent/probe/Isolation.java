package dev.jiggety.agent.probe;

import dev.jiggety.model.Sample;

/**
 * Where probes are measured that run what others have written: out of this process. May be used
 * from many threads at once.
 */
@FunctionalInterface
public interface Isolation {

  /**
   * Waits for a place. Whoever has one can begin to measure at once.
   *
   * @throws WorkerLostException when there is none to be had
   */
  Place take() throws InterruptedException;

  /** There is none: for programs that measure nothing of that kind. */
  Isolation NONE =
      () -> {
        throw new WorkerLostException("there are no worker processes here", false);
      };

  /** A place for one measurement. */
  interface Place extends AutoCloseable {

    /**
     * Takes the measurement, whatever that does to the place. When the time is over or the limits
     * are exceeded, the sample says so.
     *
     * @throws WorkerLostException when the place was lost, and nothing is known of the site
     * @throws BrokenProbeException when the probe threw something
     * @throws InterruptedException when told to stop; then nothing of the measurement goes on
     */
    Sample measure(Probe.Request request) throws InterruptedException;

    /** Gives it back; twice does no harm. */
    @Override
    void close();
  }
}
