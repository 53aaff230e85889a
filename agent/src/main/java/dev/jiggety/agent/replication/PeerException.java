package dev.jiggety.agent.replication;

import java.time.Duration;
import java.util.Optional;

/** A peer did not do what was asked. The message is one line that names the peer and the reason. */
public final class PeerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What follows from a failure hangs on its kind alone. */
  public enum Kind {
    /** Not reachable, overloaded, disk full, cut off in the middle: try again later. */
    UNAVAILABLE,
    /** Wrong credentials or no right (401, 403): try again seldom, or it locks us out. */
    DENIED,
    /** There is no such database (404). */
    MISSING,
    /** The database was deleted and made anew while we were at it: compare checkpoints again. */
    RECREATED,
    /** Somebody else writes our checkpoint: compare again. */
    CONFLICT,
    /** It understood the request and said no for good. */
    REFUSED
  }

  private final Kind kind;
  private final String peer;
  private final transient Optional<Duration> retryAfter;

  public PeerException(Kind kind, String peer, String reason) {
    this(kind, peer, reason, Optional.empty());
  }

  public PeerException(Kind kind, String peer, String reason, Optional<Duration> retryAfter) {
    super(peer + ": " + reason);
    this.kind = kind;
    this.peer = peer;
    this.retryAfter = retryAfter;
  }

  /** What kind of failure it is. */
  public Kind kind() {
    return kind;
  }

  /** The {@link Peer#identity} of the peer that failed. */
  public String peer() {
    return peer;
  }

  /** How long the peer asked us to wait ({@code Retry-After}). */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
