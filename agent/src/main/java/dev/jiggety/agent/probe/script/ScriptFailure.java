package dev.jiggety.agent.probe.script;

import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import org.jspecify.annotations.Nullable;

/** A command did not come to a good end; says why, without the line that it stands in. */
final class ScriptFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  ScriptFailure(ErrorKind kind, @Nullable Phase phase, String text) {
    super(text, null, false, false);
    failure = new Failure(kind, phase, text);
  }

  /** The page is not as the script asks for. */
  static ScriptFailure wrong(String text) {
    return new ScriptFailure(ErrorKind.ASSERTION, null, text);
  }

  Failure failure() {
    return failure;
  }
}
