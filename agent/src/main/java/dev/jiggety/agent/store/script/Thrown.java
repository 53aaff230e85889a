package dev.jiggety.agent.store.script;

import dev.jiggety.agent.store.script.ScriptException.Kind;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.JavaScriptException;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/** What functions throw, in words. */
final class Thrown {
  private static final int LONGEST = 1_000;

  private Thrown() {}

  /** The exception for what came out of Rhino. */
  static ScriptException exception(RuntimeException thrown) {
    if (thrown instanceof RhinoException script) {
      var text = describe(script);
      var deep = text.contains("Exceeded maximum stack depth");
      return new ScriptException(deep ? Kind.MEMORY : Kind.RUNTIME, text);
    }
    // a fault of Rhino's, or a conversion that no value of JavaScript's allows
    return new ScriptException(
        Kind.RUNTIME,
        oneLine(thrown.getClass().getSimpleName() + ": " + thrown.getMessage(), LONGEST));
  }

  /** What was thrown, in one line. Runs no code of the function's. */
  static String describe(RhinoException thrown) {
    if (thrown instanceof JavaScriptException script) {
      return oneLine(value(script.getValue()), LONGEST);
    }
    return oneLine(thrown.details(), LONGEST);
  }

  private static String value(@Nullable Object value) {
    if (!(value instanceof ScriptableObject object)) {
      return value instanceof Scriptable ? "an object" : ScriptRuntime.toString(value);
    }
    var message = plain(object, "message");
    if (message != null) {
      var name = plain(object, "name");
      return name == null ? message : name + ": " + message;
    }
    // CouchDB answers with the only member of what was thrown, whatever its name
    for (var id : object.getIds()) {
      var text = plain(object, String.valueOf(id));
      if (text != null) {
        return text;
      }
    }
    return "an object was thrown";
  }

  /** A member that is a string, or null. */
  static @Nullable String plain(ScriptableObject object, String name) {
    for (Scriptable at = object; at != null; at = at.getPrototype()) {
      if (at instanceof ScriptableObject holder
          && holder.has(name, holder)
          && !(holder.getGetterOrSetter(name, 0, holder, false) instanceof Scriptable)) {
        return holder.get(name, holder) instanceof CharSequence text ? text.toString() : null;
      }
    }
    return null;
  }

  /** Without line breaks and other control characters. */
  static String oneLine(String text, int longest) {
    var cut = text.length() > longest ? text.substring(0, longest) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}+", " ");
  }
}
