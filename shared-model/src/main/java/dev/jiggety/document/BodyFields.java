package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.jiggety.model.HttpBody;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request sends: one of {@code body} (text), {@code json}, {@code form} and {@code parts}.
 * JSON stands as itself where nothing is lost by that, else as text: with placeholders outside of
 * strings, or with blanks that somebody may care for.
 */
final class BodyFields {
  private static final List<String> KINDS = List.of("body", "json", "form", "parts");

  private BodyFields() {}

  static HttpBody read(Fields fields, boolean strictly) {
    List<String> given = KINDS.stream().filter(fields::has).toList();
    if (given.size() > 1) {
      fields.report(
          given.get(1), "does not go with " + given.get(0) + "; a request has one body at most");
    }
    return switch (given.isEmpty() ? "" : given.getFirst()) {
      case "body" -> new HttpBody.Text(fields.text("body"));
      case "json" -> new HttpBody.Json(json(fields));
      case "form" -> new HttpBody.Form(form(fields, strictly));
      case "parts" -> new HttpBody.Multipart(parts(fields, strictly));
      default -> HttpBody.NONE;
    };
  }

  static void write(JsonObject json, HttpBody body) {
    switch (body) {
      case HttpBody.None _ -> {}
      case HttpBody.Text text -> json.addProperty("body", text.text());
      case HttpBody.Json value -> json.add("json", written(value.json()));
      case HttpBody.Form form -> {
        JsonArray list = new JsonArray();
        form.fields().forEach(field -> list.add(pair(field.name(), field.value())));
        json.add("form", list);
      }
      case HttpBody.Multipart multipart -> {
        JsonArray list = new JsonArray();
        multipart.parts().forEach(part -> list.add(written(part)));
        json.add("parts", list);
      }
    }
  }

  /** An item of a list of names and values. */
  static JsonObject pair(String name, String value) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("value", value);
    return json;
  }

  private static String json(Fields fields) {
    JsonElement given = fields.raw().get("json");
    if (!(given instanceof JsonPrimitive text && text.isString())) {
      return given.toString();
    }
    if (!text.getAsString().contains("${") && parsed(text.getAsString()) == null) {
      fields.report("json", "is no JSON; write it like {\"cart\": 7}");
    }
    return text.getAsString();
  }

  private static JsonElement written(String json) {
    JsonElement parsed = parsed(json);
    if (parsed == null
        || parsed.isJsonNull()
        || (parsed instanceof JsonPrimitive primitive && primitive.isString())
        || !parsed.toString().equals(json)) {
      return new JsonPrimitive(json);
    }
    return parsed;
  }

  /** Null for what is no JSON. */
  private static @Nullable JsonElement parsed(String json) {
    JsonReader reader = new JsonReader(new StringReader(json));
    reader.setStrictness(Strictness.STRICT);
    try {
      JsonElement element = JsonParser.parseReader(reader);
      return reader.peek() == JsonToken.END_DOCUMENT ? element : null;
    } catch (JsonParseException | IOException e) {
      return null;
    }
  }

  private static List<HttpBody.Field> form(Fields fields, boolean strictly) {
    List<HttpBody.Field> form = new ArrayList<>();
    for (Fields field : fields.objects("form")) {
      form.add(new HttpBody.Field(field.text("name"), field.text("value")));
      if (strictly) {
        field.refuseUnknown();
      }
    }
    return form;
  }

  private static List<HttpBody.Part> parts(Fields fields, boolean strictly) {
    List<HttpBody.Part> parts = new ArrayList<>();
    for (Fields part : fields.objects("parts")) {
      boolean binary = part.has("base64");
      if (Stream.of("content", "base64").filter(part::has).count() != 1) {
        part.report("content", "either this or \"base64\" must be there");
      }
      parts.add(
          new HttpBody.Part(
              part.text("name"),
              part.textOrNull("file"),
              part.textOrNull("type"),
              part.text(binary ? "base64" : "content", ""),
              binary));
      if (strictly) {
        part.refuseUnknown();
      }
    }
    return parts;
  }

  private static JsonObject written(HttpBody.Part part) {
    JsonObject json = new JsonObject();
    json.addProperty("name", part.name());
    if (part.fileName() != null) {
      json.addProperty("file", part.fileName());
    }
    if (part.mediaType() != null) {
      json.addProperty("type", part.mediaType());
    }
    json.addProperty(part.binary() ? "base64" : "content", part.content());
    return json;
  }
}
