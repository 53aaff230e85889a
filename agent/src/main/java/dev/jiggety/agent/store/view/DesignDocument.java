package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a design document says of views, read but not compiled.
 *
 * @param views by name; a member of {@code views} without a map function is none
 * @param lib {@code views.lib}, for {@code require}
 * @param options {@code options}
 */
record DesignDocument(String language, List<View> views, JsonObject lib, JsonObject options) {
  static final String JAVASCRIPT = "javascript";

  /** One view. */
  record View(String name, String map, @Nullable String reduce, JsonObject options) {}

  DesignDocument {
    views = List.copyOf(views);
  }

  /** Reads it; whatever is of the wrong kind is taken for missing. */
  static DesignDocument read(JsonObject json) {
    var views = new ArrayList<View>();
    for (var entry : object(json.get("views")).entrySet()) {
      if (entry.getValue() instanceof JsonObject view && !entry.getKey().equals("lib")) {
        var map = string(view.get("map"));
        if (map != null) {
          var reduce = string(view.get("reduce"));
          views.add(new View(entry.getKey(), map, reduce, object(view.get("options"))));
        }
      }
    }
    views.sort((a, b) -> a.name().compareTo(b.name()));
    var language = string(json.get("language"));
    var lib = object(object(json.get("views")).get("lib"));
    return new DesignDocument(
        language == null ? JAVASCRIPT : language, views, lib, object(json.get("options")));
  }

  private static JsonObject object(@Nullable JsonElement value) {
    return value instanceof JsonObject object ? object : new JsonObject();
  }

  private static @Nullable String string(@Nullable JsonElement value) {
    return value instanceof JsonPrimitive text && text.isString() ? text.getAsString() : null;
  }

  /** Whether its indexes are kept by partitions: so they are unless it says no. */
  boolean partitioned(boolean database) {
    return database && (!options.has("partitioned") || option("partitioned"));
  }

  /** Whether an option is set for all views. */
  boolean option(String name) {
    return options.get(name) instanceof JsonPrimitive flag
        && flag.isBoolean()
        && flag.getAsBoolean();
  }

  /** Another one wherever rows, reductions, or the order of the views are other ones. */
  String signature(boolean partitioned) {
    var text = new StringBuilder("views ").append(IndexDefinition.FORMAT);
    text.append(option("include_design") ? " design" : "");
    text.append(option("local_seq") ? " local_seq" : "");
    text.append(partitioned ? " partitioned" : "");
    text.append('\n').append(sorted(lib));
    for (var view : views) {
      var parts = new com.google.gson.JsonArray();
      parts.add(view.name());
      parts.add(view.map());
      parts.add(view.reduce());
      text.append('\n').append(parts);
    }
    try {
      var md5 = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(md5.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** The same for objects that differ in the order of their members alone. */
  private static JsonElement sorted(JsonElement value) {
    if (!(value instanceof JsonObject object)) {
      return value;
    }
    var members = new TreeMap<String, JsonElement>();
    object.entrySet().forEach(member -> members.put(member.getKey(), member.getValue()));
    var sorted = new JsonObject();
    members.forEach((name, member) -> sorted.add(name, sorted(member)));
    return sorted;
  }
}
