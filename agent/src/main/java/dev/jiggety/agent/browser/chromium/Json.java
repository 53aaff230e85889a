package dev.jiggety.agent.browser.chromium;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Reads what may be missing, and writes parameters of commands. */
final class Json {
  private Json() {}

  static JsonObject of(JsonObject parent, String name) {
    return parent.get(name) instanceof JsonObject child ? child : new JsonObject();
  }

  static JsonArray list(JsonObject parent, String name) {
    return parent.get(name) instanceof JsonArray child ? child : new JsonArray();
  }

  static String text(JsonObject parent, String name) {
    JsonElement value = parent.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  static double number(JsonObject parent, String name, double otherwise) {
    JsonElement value = parent.get(name);
    return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()
        ? value.getAsDouble()
        : otherwise;
  }

  static boolean flag(JsonObject parent, String name) {
    JsonElement value = parent.get(name);
    return value != null && value.isJsonPrimitive() && value.getAsBoolean();
  }

  /** An object of names and values in turn. */
  static JsonObject with(Object... pairs) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < pairs.length; i += 2) {
      String name = (String) pairs[i];
      switch (pairs[i + 1]) {
        case JsonElement element -> object.add(name, element);
        case Boolean flag -> object.addProperty(name, flag);
        case Number number -> object.addProperty(name, number);
        case Object text -> object.addProperty(name, text.toString());
      }
    }
    return object;
  }
}
