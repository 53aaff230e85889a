package dev.jiggety.agent.importing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/** Reads what others wrote: a value of the wrong type is as good as none. */
final class JsonReads {
  private JsonReads() {}

  /** The text as an object. */
  static JsonObject parse(String text, String what) {
    try {
      JsonElement json =
          JsonParser.parseString(text.startsWith("\uFEFF") ? text.substring(1) : text);
      if (json.isJsonObject()) {
        return json.getAsJsonObject();
      }
    } catch (JsonParseException e) {
      throw new ImportException("this is no " + what + ": " + reason(e));
    }
    throw new ImportException("this is no " + what + ": it is no JSON object");
  }

  private static String reason(JsonParseException e) {
    String message = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    return String.valueOf(message).replaceAll("\\s*\\R.*", "");
  }

  static String text(JsonObject from, String name) {
    JsonElement value = from.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  /** A number, written as one or as a text; the other where it is neither. */
  static double number(JsonObject from, String name, double otherwise) {
    try {
      String text = text(from, name);
      return text.isEmpty() ? otherwise : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** True, 1 or "true". */
  static boolean flag(JsonObject from, String name, boolean otherwise) {
    String text = text(from, name);
    return text.isEmpty() ? otherwise : text.equals("true") || text.equals("1");
  }

  static JsonObject object(JsonObject from, String name) {
    JsonElement value = from.get(name);
    return value != null && value.isJsonObject() ? value.getAsJsonObject() : new JsonObject();
  }

  static List<JsonObject> objects(JsonObject from, String name) {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonElement item : array(from, name)) {
      if (item.isJsonObject()) {
        objects.add(item.getAsJsonObject());
      }
    }
    return objects;
  }

  /** The texts of an array; a single text stands for an array of one. */
  static List<String> texts(JsonObject from, String name) {
    List<String> texts = new ArrayList<>();
    JsonElement value = from.get(name);
    if (value != null && value.isJsonPrimitive()) {
      return List.of(value.getAsString());
    }
    for (JsonElement item : array(from, name)) {
      if (item.isJsonPrimitive()) {
        texts.add(item.getAsString());
      }
    }
    return texts;
  }

  private static JsonArray array(JsonObject from, String name) {
    JsonElement value = from.get(name);
    return value != null && value.isJsonArray() ? value.getAsJsonArray() : new JsonArray();
  }
}
