package dev.jiggety.agent.probe;

import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Sample;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether this node reaches anything at all. A node whose own network is cut must not say that a
 * site is down. Safe for any thread.
 */
@FunctionalInterface
public interface Outlook {
  /**
   * Failures that a cut of the node's own network explains; with TLS and HTTP something was there.
   */
  Set<ErrorKind> OF_THE_NETWORK =
      EnumSet.of(ErrorKind.DNS, ErrorKind.REFUSED, ErrorKind.RESET, ErrorKind.TIMEOUT);

  /** Nobody knows better: every failure is what it looks like. */
  Outlook NONE = Optional::empty;

  /**
   * Why the node is cut off, as one line for people; empty when it is not. May take some seconds.
   *
   * @throws InterruptedException when it was told to stop
   */
  Optional<String> isolation() throws InterruptedException;

  /** The sample as it counts: a failure of the network on a node that is cut off is its own. */
  default Sample judged(Sample sample) throws InterruptedException {
    Failure failure = sample.failure();
    if (failure == null || !OF_THE_NETWORK.contains(failure.kind())) {
      return sample;
    }
    return isolation()
        .map(why ->
            sample.withFailure(
                new Failure(
                    ErrorKind.ISOLATED, failure.phase(), why + "; here: " + failure.text())))
        .orElse(sample);
  }
}
