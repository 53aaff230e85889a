package dev.jiggety.agent.exchange;

import java.net.UnknownHostException;

/** A name has no address that one could use; the message says why, for people. */
final class NameException extends UnknownHostException {
  private static final long serialVersionUID = 1;

  NameException(String message) {
    super(message);
  }
}
