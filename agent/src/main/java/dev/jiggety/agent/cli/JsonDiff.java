package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The differences between two JSON objects, leaf by leaf, for people. */
final class JsonDiff {
  private JsonDiff() {}

  /** Lines like {@code timeout: 10s → 5s}, {@code + tags[1]: eu}, {@code - degraded.total: 1s}. */
  static List<String> lines(JsonObject before, JsonObject after) {
    Map<String, String> old = leaves(before);
    Map<String, String> now = leaves(after);
    Set<String> places = new LinkedHashSet<>(old.keySet());
    places.addAll(now.keySet());
    List<String> lines = new ArrayList<>();
    for (String place : places) {
      String was = old.get(place);
      String is = now.get(place);
      if (was == null) {
        lines.add("+ " + place + ": " + is);
      } else if (is == null) {
        lines.add("- " + place + ": " + was);
      } else if (!Objects.equals(was, is)) {
        lines.add("~ " + place + ": " + was + " → " + is);
      }
    }
    return lines;
  }

  private static Map<String, String> leaves(JsonObject json) {
    Map<String, String> leaves = new LinkedHashMap<>();
    collect(json, "", leaves);
    return leaves;
  }

  private static void collect(JsonElement json, String place, Map<String, String> leaves) {
    switch (json) {
      case JsonObject object ->
          object
              .entrySet()
              .forEach(member ->
                  collect(
                      member.getValue(),
                      place.isEmpty() ? member.getKey() : place + "." + member.getKey(),
                      leaves));
      case JsonArray array -> {
        for (int i = 0; i < array.size(); i++) {
          collect(array.get(i), place + "[" + i + "]", leaves);
        }
      }
      default ->
          leaves.put(
              place,
              json.isJsonPrimitive() && json.getAsJsonPrimitive().isString()
                  ? json.getAsString()
                  : json.toString());
    }
  }
}
