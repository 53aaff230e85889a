package dev.jiggety.repository;

/** The hub did not do what was asked. One line for people: which hub, what, and what to do. */
public final class HubException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Kind kind;

  /** Kinds of refusal; behaviour follows the kind. */
  public enum Kind {
    /** Not reachable, overloaded or starting; trying again later is right. */
    UNAVAILABLE,
    /** Wrong or missing credentials, or no right to do it. */
    UNAUTHORIZED,
    /** A database or document that should be there is not. */
    MISSING,
    /** The hub understood and said no. */
    REFUSED
  }

  public HubException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What kind of refusal it is. */
  public Kind kind() {
    return kind;
  }
}
