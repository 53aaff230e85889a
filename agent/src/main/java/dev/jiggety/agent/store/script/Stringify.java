package dev.jiggety.agent.store.script;

import com.google.gson.FormattingStyle;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.Undefined;

/** {@code JSON.stringify} with an eye on the meter. */
final class Stringify {
  private static final int WIDEST = 10;

  private Stringify() {}

  static Object call(Context cx, Scriptable scope, Scriptable self, @Nullable Object[] args) {
    var context = (Engine.Metered) cx;
    var out = new JsonOut(context, scope);
    switch (World.argument(args, 1)) {
      case NativeArray names -> out.only(names);
      case Callable replacer -> out.replacing(replacer);
      case null, default -> {}
    }
    var json = out.root(World.argument(args, 0));
    if (json == null) {
      return Undefined.instance;
    }
    var indent = indent(World.argument(args, 2));
    return indent.isEmpty() ? json.toString() : pretty(indent).toJson(json);
  }

  private static String indent(@Nullable Object space) {
    return switch (space) {
      case Number width -> " ".repeat(Math.clamp(width.intValue(), 0, WIDEST));
      case CharSequence text when ScriptRuntime.toString(text).isBlank() ->
          text.toString().substring(0, Math.min(text.length(), WIDEST));
      case null, default -> ""; // Gson indents with blanks only
    };
  }

  private static Gson pretty(String indent) {
    return new GsonBuilder()
        .disableHtmlEscaping()
        .serializeNulls()
        .setFormattingStyle(FormattingStyle.PRETTY.withIndent(indent))
        .create();
  }
}
