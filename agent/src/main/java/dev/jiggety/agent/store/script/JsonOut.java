package dev.jiggety.agent.store.script;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
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
  private long characters;
  private @Nullable Callable replacer;
  private @Nullable Set<String> names;

  JsonOut(Engine.Metered context, Scriptable scope) {
    this.context = context;
    this.scope = scope;
  }

  /** A value; what JSON has no word for is null. */
  static JsonElement write(Engine.Metered context, Scriptable scope, @Nullable Object value) {
    var json = new JsonOut(context, scope).root(value);
    return json == null ? JsonNull.INSTANCE : json;
  }

  /** Objects are to have these members only. */
  void only(NativeArray members) {
    Set<String> wanted = new HashSet<>();
    for (var id : members.getIds()) {
      if (id instanceof Integer index) {
        wanted.add(ScriptRuntime.toString(members.get(index, members)));
      }
    }
    names = wanted;
  }

  /** Every value is to be what this makes of it. */
  void replacing(Callable function) {
    replacer = function;
  }

  /** A value; null for what JSON has no word for. */
  @Nullable JsonElement root(@Nullable Object value) {
    var holder = scope;
    if (replacer != null) {
      holder = context.newObject(scope);
      ScriptableObject.putProperty(holder, "", value);
    }
    return convert(holder, "", value);
  }

  /** Null for what an object leaves out. */
  private @Nullable JsonElement convert(Scriptable holder, Object key, @Nullable Object value) {
    var current = value;
    if (current instanceof Scriptable object
        && !Undefined.isUndefined(object)
        && ScriptableObject.getProperty(object, "toJSON") instanceof Callable toJson) {
      current = toJson.call(context, scope, object, new Object[] {String.valueOf(key)});
    }
    if (replacer != null) {
      current =
          replacer.call(
              context, scope, holder, new @Nullable Object[] {String.valueOf(key), current});
    }
    return plain(current);
  }

  private @Nullable JsonElement plain(@Nullable Object value) {
    return switch (value) {
      case null -> JsonNull.INSTANCE;
      case CharSequence text -> text(text);
      case Boolean flag -> new JsonPrimitive(flag);
      case BigInteger big -> throw ScriptRuntime.typeError("Do not know how to serialize a BigInt");
      case Number number -> number(number.doubleValue());
      case Symbol symbol -> null;
      case Scriptable object when Undefined.isUndefined(object) -> null;
      case Scriptable object -> members(object);
      default -> null; // undefined, and what no function can get hold of
    };
  }

  /** The same string may stand in many places: what counts is how long it all is. */
  private JsonElement text(CharSequence text) {
    characters += text.length();
    context.meter().checkBytes(characters);
    return new JsonPrimitive(text.toString());
  }

  private @Nullable JsonElement members(Scriptable object) {
    if (++written % 1_000 == 0) {
      context.meter().check();
    }
    switch (object.getClassName()) {
      case "Number" -> {
        return number(ScriptRuntime.toNumber(object));
      }
      case "String" -> {
        return text(ScriptRuntime.toString(object));
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
      json.add(convert(array, i, value));
    }
    return json;
  }

  private JsonObject object(Scriptable object) {
    var json = new JsonObject();
    for (var id : object.getIds()) {
      if (names != null && !names.contains(String.valueOf(id))) {
        continue;
      }
      var value =
          id instanceof Integer index
              ? ScriptableObject.getProperty(object, index)
              : ScriptableObject.getProperty(object, String.valueOf(id));
      var member = convert(object, id, value);
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
