package dev.jiggety.agent.probe;

import dev.jiggety.model.Assertion;
import dev.jiggety.model.Check;
import dev.jiggety.model.Sample;
import java.time.Duration;
import java.util.List;

/**
 * Measures one kind of test. Implementations are found by {@link java.util.ServiceLoader}, have a
 * public constructor without parameters, and may be called from many threads at once.
 */
public interface Probe {

  /** The kind of test that it measures, as {@link Check#kind()}. */
  String kind();

  /**
   * Takes one measurement and waits for it, at most a little longer than the timeout. Whatever goes
   * wrong is in the sample; a site that is down is no exception. When the thread is interrupted it
   * ends at once, with a failure of kind internal.
   */
  Sample measure(Request request);

  /**
   * What to measure.
   *
   * @param check of the probe's kind
   * @param timeout for all of it, redirects included
   * @param assertions what the answer must fulfil
   */
  record Request(Check check, Duration timeout, List<Assertion> assertions) {
    public Request {
      assertions = List.copyOf(assertions);
    }
  }
}
