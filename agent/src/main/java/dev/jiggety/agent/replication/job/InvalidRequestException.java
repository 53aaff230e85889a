package dev.jiggety.agent.replication.job;

/** A replication that cannot be made as it was asked for. Names no secret. */
public final class InvalidRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean unsupported;

  private InvalidRequestException(boolean unsupported, String reason) {
    super(reason);
    this.unsupported = unsupported;
  }

  static InvalidRequestException bad(String reason) {
    return new InvalidRequestException(false, reason);
  }

  static InvalidRequestException unsupported(String what) {
    return new InvalidRequestException(true, what);
  }

  /** Whether CouchDB could do it and this program cannot; the reason names what, then. */
  public boolean isUnsupported() {
    return unsupported;
  }

  /** One line for people. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
