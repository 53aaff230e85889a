package dev.jiggety.model;

import java.util.Locale;

/** Why a sample failed. One table for all kinds of test; behaviour follows the kind. */
public enum ErrorKind {
  /** The host name did not resolve. */
  DNS,
  /** The target refused the connection, or its network is unreachable. */
  REFUSED,
  /** The connection was cut. */
  RESET,
  /** Nothing came in time; {@link Failure#phase()} says what was being waited for. */
  TIMEOUT,
  /** The certificate or the handshake is bad. */
  TLS,
  /** The answer is not what the protocol allows: bad HTTP, too many redirects. */
  PROTOCOL,
  /** The answer came, and is not what the test asks for. */
  ASSERTION,
  /** The answer is right, but took longer than an assertion of the test allows. */
  SLOW,
  /**
   * An answer is larger, or a page or a script took more memory, time or requests, than a test
   * allows. The site's fault.
   */
  LIMIT,
  /** The node's own trouble: a bug, no memory, no local address. Never the site's fault. */
  INTERNAL,
  /**
   * The node reached none of its reference targets either: its own network is cut. Never the site's
   * fault.
   */
  ISOLATED;

  /** Whether it is the node's own trouble, which says nothing about the site. */
  public boolean isOwn() {
    return this == INTERNAL || this == ISOLATED;
  }

  /** The lower-case name that documents and screens use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
