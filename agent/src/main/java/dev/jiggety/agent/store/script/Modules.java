package dev.jiggety.agent.store.script;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.EcmaError;
import org.mozilla.javascript.LambdaFunction;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.TopLevel;

/**
 * CommonJS modules that stand in a design document as texts; each is evaluated once in a world.
 *
 * @see <a href="https://docs.couchdb.org/en/stable/query-server/javascript.html">CouchDB</a>
 */
final class Modules {
  private final TopLevel scope;
  private final JsonObject root;
  private final Map<String, Scriptable> loaded = new HashMap<>();

  /**
   * Modules.
   *
   * @param root the object that paths begin at
   */
  Modules(TopLevel scope, JsonObject root) {
    this.scope = scope;
    this.root = root;
  }

  /** What the module exports; for a cycle, what it has exported so far. */
  @Nullable Object require(Context context, @Nullable Object name) {
    return require(context, name, null);
  }

  private @Nullable Object require(
      Context context, @Nullable Object name, @Nullable List<String> from) {
    if (!(name instanceof CharSequence)) {
      throw error("require needs the path of a module, as 'views/lib/name'");
    }
    var path = resolve(name.toString(), from);
    var id = String.join("/", path);
    var known = loaded.get(id);
    if (known == null) {
      known = load(context, id, path);
    }
    return ScriptableObject.getProperty(known, "exports");
  }

  private Scriptable load(Context context, String id, List<String> path) {
    var source = find(path);
    var module = context.newObject(scope);
    var exports = context.newObject(scope);
    ScriptableObject.putProperty(module, "id", id);
    ScriptableObject.putProperty(module, "exports", exports);
    loaded.put(id, module);
    var require =
        new LambdaFunction(
            scope,
            "require",
            1,
            (cx, top, self, args) -> require(cx, World.argument(args, 0), path));
    var done = false;
    try {
      var text = "(function (module, exports, require) {" + source + "\n})";
      var code = (Callable) Source.evaluate(context, scope, text, id);
      code.call(context, scope, scope, new Object[] {module, exports, require});
      done = true;
    } finally {
      if (!done) {
        loaded.remove(id);
      }
    }
    return module;
  }

  private static List<String> resolve(String name, @Nullable List<String> from) {
    Deque<String> path = new ArrayDeque<>();
    if (name.startsWith("./") || name.startsWith("../")) {
      if (from == null) {
        throw error("require('" + name + "'): only a module can require one beside it");
      }
      path.addAll(from.subList(0, from.size() - 1));
    }
    for (var part : name.split("/", -1)) {
      switch (part) {
        case "." -> {}
        case ".." -> {
          if (path.pollLast() == null) {
            throw error("require('" + name + "') leads out of the design document");
          }
        }
        default -> path.addLast(part);
      }
    }
    return new ArrayList<>(path);
  }

  private String find(List<String> path) {
    JsonElement at = root;
    for (var name : path) {
      at = at instanceof JsonObject object ? object.get(name) : null;
    }
    if (at instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    var reason = at == null ? "the design document has no such member" : "it is no text";
    throw error("invalid_require_path: " + String.join("/", path) + ": " + reason);
  }

  private static EcmaError error(String text) {
    return ScriptRuntime.constructError("Error", text);
  }
}
