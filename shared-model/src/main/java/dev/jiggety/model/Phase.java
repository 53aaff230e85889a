package dev.jiggety.model;

import java.util.Locale;

/**
 * A part of a sample's time, named as in HAR 1.2 ({@code timings}). Unlike HAR, {@link #CONNECT}
 * does not include {@link #SSL}: the phases of a sample add up to its total.
 */
public enum Phase {
  /** Waiting inside the client before anything goes out: a queue for a connection, for example. */
  BLOCKED,
  /** Resolving the host name. */
  DNS,
  /** TCP connection, without TLS. */
  CONNECT,
  /** TLS handshake. */
  SSL,
  /** Sending the request, headers and body. */
  SEND,
  /** From the last byte sent to the first byte of the answer. */
  WAIT,
  /** From the first to the last byte of the answer. */
  RECEIVE;

  /** The lower-case name that documents, screens and HAR files use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
