package dev.jiggety.agent.store.script;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.script.ScriptException.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.Undefined;

/**
 * What functions have that make answers of documents and rows, and the answers they make (CouchDB
 * "Show", "List" and "Update Functions"). One of these to a world; for one call at a time.
 */
final class Rendering {
  private static final int MOST_CHARACTERS = 16 << 20;

  private final World world;
  private final Map<String, List<String>> types = MediaTypes.standard();
  private final Map<String, Callable> provided = new LinkedHashMap<>();
  private final StringBuilder sent = new StringBuilder();
  private JsonObject started = new JsonObject();
  private Iterator<JsonObject> rows = Collections.emptyIterator();

  Rendering(World world) {
    this.world = world;
    world.define("start", 1, (cx, top, self, args) -> start((Engine.Metered) cx, args));
    world.define("send", 1, (cx, top, self, args) -> send(World.argument(args, 0)));
    world.define("getRow", 0, (cx, top, self, args) -> nextRow((Engine.Metered) cx));
    world.define("provides", 2, (cx, top, self, args) -> provides(args));
    world.define("registerType", 2, (cx, top, self, args) -> registerType(args));
  }

  // -- what functions call ---------------------------------------------------------------------

  private Object start(Engine.Metered context, @Nullable Object[] args) {
    if (world.json(context, World.argument(args, 0)) instanceof JsonObject response) {
      started = response;
    }
    return Undefined.instance;
  }

  private Object send(@Nullable Object chunk) {
    var text = ScriptRuntime.toString(chunk);
    if (sent.length() + text.length() > MOST_CHARACTERS) {
      throw new LimitError(
          Kind.MEMORY, "the function sent more than " + MOST_CHARACTERS + " characters");
    }
    sent.append(text);
    return Undefined.instance;
  }

  private @Nullable Object nextRow(Engine.Metered context) {
    var before = Meter.allocated();
    var row = rows.hasNext() ? world.in().value(rows.next()) : null;
    // as with all that a function is given to work on
    context.meter().allow(4 * (Meter.allocated() - before));
    return row;
  }

  private Object provides(@Nullable Object[] args) {
    if (World.argument(args, 1) instanceof Callable function) {
      provided.putIfAbsent(ScriptRuntime.toString(World.argument(args, 0)), function);
    }
    return Undefined.instance;
  }

  private Object registerType(@Nullable Object[] args) {
    var names = new ArrayList<String>();
    for (var i = 1; i < args.length; i++) {
      names.add(ScriptRuntime.toString(args[i]));
    }
    types.put(ScriptRuntime.toString(World.argument(args, 0)), names);
    return Undefined.instance;
  }

  // -- calls -----------------------------------------------------------------------------------

  private void begin(Iterator<JsonObject> next) {
    sent.setLength(0);
    started = new JsonObject();
    provided.clear();
    rows = next;
  }

  /**
   * Calls a show or list function.
   *
   * @param request as JSON, for the choice of a type
   * @return CouchDB's response object, with all that was sent as its body
   */
  JsonObject render(
      Engine.Metered context,
      Scriptable self,
      @Nullable Object[] args,
      JsonObject request,
      Iterator<JsonObject> next)
      throws ScriptException {
    begin(next);
    try {
      var value = world.call(context, 0, self, args);
      var response = response(context, value);
      if (provided.isEmpty()) {
        return whole(response, null);
      }
      var chosen = MediaTypes.choose(provided.keySet(), types, request);
      if (chosen == null) {
        return notAcceptable();
      }
      var function = provided.get(chosen.name());
      var made =
          function == null ? null : function.call(context, world.scope(), self, new Object[0]);
      return whole(merge(response, response(context, made)), chosen.type());
    } finally {
      begin(Collections.emptyIterator());
    }
  }

  /** Calls an update function. */
  Scripts.Updated update(Engine.Metered context, Scriptable self, @Nullable Object[] args)
      throws ScriptException {
    begin(Collections.emptyIterator());
    if (world.call(context, 0, self, args) instanceof NativeArray pair) {
      var document = world.json(context, pair.get(0, pair));
      var answer = pair.get(1, pair);
      if (answer instanceof CharSequence || answer instanceof Scriptable) {
        return new Scripts.Updated(
            document instanceof JsonObject object ? object : null, response(context, answer));
      }
    }
    throw new ScriptException(Kind.RUNTIME, "undefined response from update function");
  }

  /** A string is a body; nothing is an empty response. */
  private JsonObject response(Engine.Metered context, @Nullable Object value)
      throws ScriptException {
    var json = world.json(context, Undefined.isUndefined(value) ? null : value);
    return switch (json) {
      case JsonObject object -> object;
      case JsonPrimitive text when text.isString() -> body(text);
      case JsonElement other when !ScriptRuntime.toBoolean(value) -> new JsonObject();
      default -> throw new ScriptException(Kind.RUNTIME, "the function returned no response");
    };
  }

  private static JsonObject body(JsonPrimitive text) {
    var response = new JsonObject();
    response.add("body", text);
    return response;
  }

  private static JsonObject merge(JsonObject first, JsonObject second) {
    var merged = first.deepCopy();
    second.entrySet().forEach(member -> merged.add(member.getKey(), member.getValue()));
    if (first.has("body") && second.has("body")) {
      merged.addProperty("body", text(first) + text(second));
    }
    return merged;
  }

  private static String text(JsonObject response) {
    return response.get("body") instanceof JsonPrimitive text ? text.getAsString() : "";
  }

  private JsonObject whole(JsonObject response, @Nullable String type) {
    var whole = merge(started, response);
    if (!sent.isEmpty()) {
      whole.addProperty("body", sent + text(response));
    }
    if (type != null) {
      var headers = whole.get("headers") instanceof JsonObject given ? given : new JsonObject();
      if (!headers.has("Content-Type")) {
        headers.addProperty("Content-Type", type);
      }
      whole.add("headers", headers);
    }
    return whole;
  }

  private JsonObject notAcceptable() {
    var error = new JsonObject();
    error.addProperty("error", "not_acceptable");
    error.addProperty("reason", "try one of: " + String.join(", ", provided.keySet()));
    var response = new JsonObject();
    response.addProperty("code", 406);
    response.add("json", error);
    return response;
  }
}
