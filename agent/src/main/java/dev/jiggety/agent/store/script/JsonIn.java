package dev.jiggety.agent.store.script;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.NativeObject;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.TopLevel;

/** JSON into the values of one world. */
final class JsonIn {
  private final TopLevel scope;
  private final Scriptable objectPrototype;
  private final Scriptable arrayPrototype;

  JsonIn(TopLevel scope) {
    this.scope = scope;
    this.objectPrototype = ScriptableObject.getObjectPrototype(scope);
    this.arrayPrototype = ScriptableObject.getArrayPrototype(scope);
  }

  /**
   * A document.
   *
   * @param frozen whether what functions write into it is lost
   */
  @Nullable Object document(String text, boolean frozen) {
    try (var reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      return read(reader, frozen);
    } catch (IOException e) {
      throw new IllegalArgumentException("The document is no JSON: " + e.getMessage(), e);
    }
  }

  private @Nullable Object read(JsonReader reader, boolean frozen) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> readObject(reader, frozen);
      case BEGIN_ARRAY -> readArray(reader, frozen);
      case STRING -> reader.nextString();
      case NUMBER -> number(reader.nextString());
      case BOOLEAN -> reader.nextBoolean();
      default -> {
        reader.nextNull();
        yield null;
      }
    };
  }

  private FrozenObject readObject(JsonReader reader, boolean frozen) throws IOException {
    var object = new FrozenObject();
    object.setPrototype(objectPrototype);
    object.setParentScope(scope);
    reader.beginObject();
    while (reader.hasNext()) {
      put(object, reader.nextName(), read(reader, frozen));
    }
    reader.endObject();
    if (frozen) {
      object.freeze();
    }
    return object;
  }

  private NativeArray readArray(JsonReader reader, boolean frozen) throws IOException {
    var elements = new ArrayList<@Nullable Object>();
    reader.beginArray();
    while (reader.hasNext()) {
      elements.add(read(reader, frozen));
    }
    reader.endArray();
    var array = new FrozenArray(elements.toArray());
    array.setPrototype(arrayPrototype);
    array.setParentScope(scope);
    if (frozen) {
      array.freeze();
    }
    return array;
  }

  /** A value that a function may change, for it is its own. */
  @Nullable Object value(JsonElement json) {
    return switch (json) {
      case JsonObject members -> {
        var object = new NativeObject();
        object.setPrototype(objectPrototype);
        object.setParentScope(scope);
        members.asMap().forEach((name, member) -> put(object, name, value(member)));
        yield object;
      }
      case JsonArray elements -> array(elements.asList());
      case JsonPrimitive primitive when primitive.isString() -> primitive.getAsString();
      case JsonPrimitive primitive when primitive.isBoolean() -> primitive.getAsBoolean();
      case JsonPrimitive primitive -> number(primitive.getAsString());
      default -> null;
    };
  }

  /** An array of values. */
  NativeArray array(Iterable<? extends JsonElement> elements) {
    var values = new ArrayList<@Nullable Object>();
    elements.forEach(element -> values.add(value(element)));
    var array = new NativeArray(values.toArray());
    array.setPrototype(arrayPrototype);
    array.setParentScope(scope);
    return array;
  }

  /** Names that are indexes belong to another table in Rhino. */
  private static void put(NativeObject object, String name, @Nullable Object value) {
    var index = name.isEmpty() || name.charAt(0) > '9' ? -1 : ScriptRuntime.indexFromString(name);
    if (index >= 0 && index <= Integer.MAX_VALUE) {
      object.put((int) index, object, value);
    } else {
      object.put(name, object, value);
    }
  }

  private static Object number(String text) {
    var length = text.length();
    if (length <= 9 && !text.startsWith("-")) {
      var value = 0;
      for (var i = 0; i < length; i++) {
        var digit = text.charAt(i) - '0';
        if (digit < 0 || digit > 9) {
          return Double.parseDouble(text);
        }
        value = value * 10 + digit;
      }
      return value;
    }
    return Double.parseDouble(text);
  }
}
