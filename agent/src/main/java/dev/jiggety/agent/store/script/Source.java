package dev.jiggety.agent.store.script;

import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Parser;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ast.BigIntLiteral;

/** Source text, looked through before it runs. */
final class Source {
  private Source() {}

  /** Evaluates a script that has no BigInt in it: one power of those can take hours. */
  static Object evaluate(Context context, Scriptable scope, String text, String name) {
    if (text.matches("(?s).*[0-9a-fA-F]n.*")) {
      var environment = new CompilerEnvirons();
      environment.initFromContext(context);
      new Parser(environment)
          .parse(text, name, 1)
          .visit(node -> {
            if (node instanceof BigIntLiteral) {
              throw ScriptRuntime.constructError(
                  "SyntaxError", "BigInt is not supported in functions of design documents");
            }
            return true;
          });
    }
    return context.evaluateString(scope, text, name, 1, null);
  }
}
