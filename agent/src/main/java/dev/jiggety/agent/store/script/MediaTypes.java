package dev.jiggety.agent.store.script;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The short names of media types that {@code provides} knows, and the choice among them. */
final class MediaTypes {
  private MediaTypes() {}

  /**
   * What is given to the client.
   *
   * @param name the short name
   * @param type the media type; null where the function has to say it
   */
  record Choice(String name, @Nullable String type) {}

  /** The names that CouchDB has from the start. */
  static Map<String, List<String>> standard() {
    var types = new LinkedHashMap<String, List<String>>();
    types.put("all", List.of("*/*"));
    types.put("text", List.of("text/plain; charset=utf-8"));
    types.put("html", List.of("text/html; charset=utf-8"));
    types.put("xhtml", List.of("application/xhtml+xml"));
    types.put("xml", List.of("application/xml", "text/xml", "application/x-xml"));
    types.put(
        "js", List.of("text/javascript", "application/javascript", "application/x-javascript"));
    types.put("css", List.of("text/css"));
    types.put("ics", List.of("text/calendar"));
    types.put("csv", List.of("text/csv"));
    types.put("rss", List.of("application/rss+xml"));
    types.put("atom", List.of("application/atom+xml"));
    types.put("yaml", List.of("application/x-yaml", "text/yaml"));
    types.put("multipart_form", List.of("multipart/form-data"));
    types.put("url_encoded_form", List.of("application/x-www-form-urlencoded"));
    types.put("json", List.of("application/json", "text/x-json"));
    return types;
  }

  /**
   * Chooses by the parameter {@code format}, else by the header {@code Accept}, else the first.
   *
   * @param offered short names; at least one
   * @return null where there is nothing that the client takes
   */
  static @Nullable Choice choose(
      Collection<String> offered, Map<String, List<String>> types, JsonObject request) {
    var format = member(request, "query", "format");
    if (format != null) {
      return offered.contains(format) ? choice(format, types) : null;
    }
    var accept = member(request, "headers", "Accept");
    Choice best = null;
    var most = 0.0;
    for (var name : offered) {
      for (var type : types.getOrDefault(name, List.of())) {
        var quality = accept == null ? 1.0 : quality(accept, type);
        if (quality > most) {
          most = quality;
          best = new Choice(name, type.startsWith("*") ? null : type);
        }
      }
    }
    return best;
  }

  private static Choice choice(String name, Map<String, List<String>> types) {
    var known = types.getOrDefault(name, List.of());
    var type = known.isEmpty() || known.getFirst().startsWith("*") ? null : known.getFirst();
    return new Choice(name, type);
  }

  private static @Nullable String member(JsonObject request, String group, String name) {
    return request.get(group) instanceof JsonObject members
            && members.get(name) instanceof JsonPrimitive text
        ? text.getAsString()
        : null;
  }

  /** How much the client likes a type (RFC 9110 §12.5.1): that of the range that fits it best. */
  private static double quality(String accept, String type) {
    var bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    var family = bare.substring(0, bare.indexOf('/') + 1) + "*";
    var fit = -1;
    var quality = 0.0;
    for (var each : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      var parts = each.split(";", -1);
      var range = parts[0].strip();
      var exact = range.equals(bare) ? 2 : range.equals(family) ? 1 : range.equals("*/*") ? 0 : -1;
      if (exact > fit || (bare.equals("*/*") && fit < 0)) {
        fit = exact;
        quality = weight(parts);
      }
    }
    return quality;
  }

  private static double weight(String[] parts) {
    for (var part : parts) {
      var text = part.strip();
      if (text.matches("q=[01](\\.\\d{0,3})?")) {
        return Double.parseDouble(text.substring(2));
      }
    }
    return 1;
  }
}
