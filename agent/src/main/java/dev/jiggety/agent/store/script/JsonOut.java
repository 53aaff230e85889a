package dev.jiggety.agent.store.script;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Symbol;
import org.mozilla.javascript.Undefined;

/**
 * Values of JavaScript into JSON, by the rules of {@code JSON.stringify}. For one value: knows how
 * deep it is.
 */
final class JsonOut {
  /** Deeper than the parsers of this program read. */
  private static final int DEEPEST = 1_000;

  /** Whole numbers up to here are the same as a double and as a long. */
  private static final double EXACT = 1L << 53;

  private final Engine.Metered context;
  private final Scriptable scope;
  private int depth;
  private int written;

  private JsonOut(Engine.Metered context, Scriptable scope) {
    this.context = context;
    this.scope = scope;
  }

  /** A value; what JSON has no word for is null. */
  static JsonElement write(Engine.Metered context, Scriptable scope, @Nullable Object value) {
    var json = new JsonOut(context, scope).convert("", value);
    return json == null ? JsonNull.INSTANCE : json;
  }

  /** Null for what an object leaves out. */
  private @Nullable JsonElement convert(Object key, @Nullable Object value) {
    return switch (value) {
      case null -> JsonNull.INSTANCE;
      case CharSequence text -> new JsonPrimitive(text.toString());
      case Boolean flag -> new JsonPrimitive(flag);
      case BigInteger big -> throw ScriptRuntime.typeError("Do not know how to serialize a BigInt");
      case Number number -> number(number.doubleValue());
      case Symbol symbol -> null;
      case Scriptable object when Undefined.isUndefined(object) -> null;
      case Scriptable object -> convertObject(key, object);
      default -> null; // undefined, and what no function can get hold of
    };
  }

  private @Nullable JsonElement convertObject(Object key, Scriptable object) {
    if (++written % 1_000 == 0) {
      context.meter().check();
    }
    if (ScriptableObject.getProperty(object, "toJSON") instanceof Callable toJson) {
      var changed = toJson.call(context, scope, object, new Object[] {String.valueOf(key)});
      if (!(changed instanceof Scriptable other)) {
        return convert(key, changed);
      }
      return Undefined.isUndefined(other) ? null : members(other);
    }
    return members(object);
  }

  private @Nullable JsonElement members(Scriptable object) {
    switch (object.getClassName()) {
      case "Number" -> {
        return number(ScriptRuntime.toNumber(object));
      }
      case "String" -> {
        return new JsonPrimitive(ScriptRuntime.toString(object));
      }
      case "Boolean" -> {
        return new JsonPrimitive(ScriptRuntime.toBoolean(object.getDefaultValue(Boolean.class)));
      }
      default -> {
        if (object instanceof Callable) {
          return null;
        }
      }
    }
    if (++depth > DEEPEST) {
      throw ScriptRuntime.typeError("The value is cyclic, or deeper than " + DEEPEST);
    }
    var json = object instanceof NativeArray array ? array(array) : object(object);
    depth--;
    return json;
  }

  private JsonArray array(NativeArray array) {
    var length = array.getLength();
    context.meter().checkBytes(length * 8);
    var json = new JsonArray((int) Math.min(length, 1_000));
    for (var i = 0L; i < length; i++) {
      var value = i <= Integer.MAX_VALUE ? ScriptableObject.getProperty(array, (int) i) : null;
      json.add(convert(i, value));
    }
    return json;
  }

  private JsonObject object(Scriptable object) {
    var json = new JsonObject();
    for (var id : object.getIds()) {
      var value =
          id instanceof Integer index
              ? ScriptableObject.getProperty(object, index)
              : ScriptableObject.getProperty(object, String.valueOf(id));
      var member = convert(id, value);
      if (member != null) {
        json.add(String.valueOf(id), member);
      }
    }
    return json;
  }

  private static JsonElement number(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return JsonNull.INSTANCE;
    }
    var whole = (long) number;
    if (whole == number && Math.abs(number) <= EXACT) {
      return new JsonPrimitive(whole);
    }
    var size = Math.abs(number);
    if (size >= 1e-3 && size < 1e7) {
      return new JsonPrimitive(number); // here Java and JavaScript write alike
    }
    return JsonParser.parseString(ScriptRuntime.numberToString(number, 10));
  }
}
