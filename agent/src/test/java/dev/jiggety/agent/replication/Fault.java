package dev.jiggety.agent.replication;

import java.time.Duration;

/** What can go wrong with one call of a peer. */
sealed interface Fault {

  /** The connection is cut before the peer has heard anything. */
  record CutBefore() implements Fault {}

  /** The peer does what it was asked, and its answer is lost. */
  record CutAfter() implements Fault {}

  /** The peer stores the first half of a batch, then the connection is cut. */
  record HalfBatch() implements Fault {}

  /** 413: the batch is too large for the peer's taste. */
  record TooLarge() implements Fault {}

  /** 429 with Retry-After. */
  record Overloaded(Duration retryAfter) implements Fault {}

  /** Wrong credentials. */
  record Denied() implements Fault {}

  /** Our own mistake: something that nobody has foreseen. */
  record Bug() implements Fault {}

  /** Meanwhile something happens elsewhere; the call itself works. */
  record Meanwhile(Runnable action) implements Fault {}
}
