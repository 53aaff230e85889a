package dev.jiggety.agent.exchange;

import java.io.IOException;

/** A proxy did not let the connection through; the message says why, for people. */
final class ProxyException extends IOException {
  private static final long serialVersionUID = 1;

  ProxyException(String message) {
    super(message);
  }
}
