package dev.jiggety.agent.hub;

/** The hub could not start. The message is one line for people and says what to do. */
public final class HubStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why not, so that a caller can decide without reading words. */
  public enum Kind {
    /** Another program listens at that address and port. */
    PORT_TAKEN,
    /** The address is not one of this machine, or the port is not for ordinary users. */
    ADDRESS,
    /** No administrator, and nobody asked for the admin party, or others can reach the address. */
    ADMIN_NEEDED,
    /** Others can reach the address, and nobody said that they may speak unencrypted. */
    TLS_NEEDED,
    /** The certificate or its key cannot be used. */
    CERTIFICATE,
    /** The file of the administrator cannot be read or written. */
    ACCOUNTS,
    /** Anything else. */
    SERVER
  }

  private final Kind kind;

  HubStartException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  HubStartException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Why not. */
  public Kind kind() {
    return kind;
  }
}
