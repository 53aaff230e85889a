package dev.jiggety.agent.store.script;

/** A function that cannot be compiled, threw, or went beyond its limits; the text is for people. */
public final class ScriptException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What went wrong. */
  public enum Kind {
    /** The source is no function. */
    COMPILATION,
    /** It threw. */
    RUNTIME,
    /** It ran too long. */
    TIMEOUT,
    /** It wanted too much memory or stack. */
    MEMORY,
    /** It threw {@code {unauthorized: reason}}. */
    UNAUTHORIZED,
    /** It threw {@code {forbidden: reason}}. */
    FORBIDDEN
  }

  /** With the reason, in one line. */
  public ScriptException(Kind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** Why, in one line. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
