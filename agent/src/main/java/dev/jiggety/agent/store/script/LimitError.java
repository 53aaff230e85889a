package dev.jiggety.agent.store.script;

/**
 * A function went beyond its limits. An {@link Error}, because Rhino's interpreter lets a script
 * neither catch those nor hold them up in a {@code finally}.
 */
final class LimitError extends Error {
  private static final long serialVersionUID = 1L;

  private final ScriptException.Kind kind;

  LimitError(ScriptException.Kind kind, String reason) {
    super(reason, null, false, false);
    this.kind = kind;
  }

  ScriptException toException() {
    return new ScriptException(kind, String.valueOf(getMessage()));
  }
}
