package dev.jiggety.agent.exchange;

import dev.jiggety.model.Connection;

/**
 * How the requests of a session go, and how much of their answers is kept.
 *
 * @param connection how to get there
 * @param keepAlive whether connections and names serve for several requests, as in a browser; else
 *     each request has a connection of its own
 * @param keep how much of a body is kept, unpacked, in bytes; 0 where nobody looks at it
 * @param largest the largest body that is read, over the wire or unpacked; more is a failure of
 *     kind limit
 */
public record HopOptions(Connection connection, boolean keepAlive, long keep, long largest) {
  /** A MiB: how much of a body assertions see. */
  public static final long KEPT = 1L << 20;

  /** 64 MiB. */
  public static final long LARGEST = 64L << 20;
}
