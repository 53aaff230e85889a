package dev.jiggety.desktop.view.alerting;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A document, or a row in it, as a form sees it: members by their paths, as text. Writing touches
 * the one member alone; what is empty is taken away, and objects that become empty with it.
 */
final class Draft {
  private static final DateTimeFormatter WALL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private final JsonObject json;

  /** Over a document, which is changed in place. */
  Draft(JsonObject json) {
    this.json = json;
  }

  JsonObject json() {
    return json;
  }

  boolean has(String place) {
    return find(place) != null;
  }

  /** A member as text; empty where it is not there. */
  String text(String place) {
    return string(find(place));
  }

  void text(String place, String value) {
    set(place, value.isEmpty() ? null : new JsonPrimitive(value));
  }

  /** What is no whole number stays text, and the rules say what is wrong. */
  void whole(String place, String value) {
    set(place, value.isBlank() ? null : number(value.strip()));
  }

  boolean flag(String place, boolean usual) {
    return (find(place) instanceof JsonPrimitive it && it.isBoolean()) ? it.getAsBoolean() : usual;
  }

  void flag(String place, boolean value, boolean usual) {
    set(place, value == usual ? null : new JsonPrimitive(value));
  }

  /** A list as one line with commas. */
  String names(String place) {
    return switch (find(place)) {
      case JsonArray array ->
          array.asList().stream().map(Draft::string).collect(Collectors.joining(", "));
      case null -> "";
      case JsonElement other -> string(other);
    };
  }

  void names(String place, String value) {
    list(place, value, false);
  }

  void wholes(String place, String value) {
    list(place, value, true);
  }

  private void list(String place, String value, boolean numbers) {
    JsonArray array = new JsonArray();
    Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .forEach(it -> array.add(numbers ? number(it) : new JsonPrimitive(it)));
    set(place, array.isEmpty() ? null : array);
  }

  /** A time by the clock on the wall; as it stands where it is no time. */
  String time(String place, ZoneId zone) {
    String text = text(place);
    try {
      return WALL.format(OffsetDateTime.parse(text).atZoneSameInstant(zone));
    } catch (DateTimeException e) {
      return text;
    }
  }

  /** What is no time is kept as it was typed, and the rules say what is wrong. */
  void time(String place, String value, ZoneId zone) {
    try {
      text(place, LocalDateTime.parse(value.strip(), WALL).atZone(zone).toInstant().toString());
    } catch (DateTimeException e) {
      text(place, value.strip());
    }
  }

  /** The rows of a list, each to be changed in place. */
  List<Draft> rows(String place) {
    List<Draft> rows = new ArrayList<>();
    if (find(place) instanceof JsonArray array) {
      for (JsonElement element : array) {
        if (element instanceof JsonObject object) {
          rows.add(new Draft(object));
        }
      }
    }
    return rows;
  }

  void addRow(String place) {
    JsonArray array = find(place) instanceof JsonArray there ? there : new JsonArray();
    array.add(new JsonObject());
    set(place, array);
  }

  void removeRow(String place, int index) {
    if (find(place) instanceof JsonArray array && index < array.size()) {
      array.remove(index);
      set(place, array.isEmpty() ? null : array);
    }
  }

  /** Puts a member there, or takes it away with null. */
  void set(String place, @Nullable JsonElement value) {
    set(json, List.of(place.split("\\.", -1)), value);
  }

  private static void set(JsonObject at, List<String> path, @Nullable JsonElement value) {
    String name = path.getFirst();
    if (path.size() == 1) {
      if (value == null) {
        at.remove(name);
      } else {
        at.add(name, value);
      }
      return;
    }
    JsonObject inner = at.get(name) instanceof JsonObject there ? there : new JsonObject();
    set(inner, path.subList(1, path.size()), value);
    if (inner.isEmpty()) {
      at.remove(name);
    } else {
      at.add(name, inner);
    }
  }

  private @Nullable JsonElement find(String place) {
    JsonElement at = json;
    for (String name : place.split("\\.", -1)) {
      at = at instanceof JsonObject object ? object.get(name) : null;
    }
    return at;
  }

  private static JsonPrimitive number(String text) {
    try {
      return new JsonPrimitive(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return new JsonPrimitive(text);
    }
  }

  private static String string(@Nullable JsonElement element) {
    return switch (element) {
      case null -> "";
      case JsonNull none -> "";
      case JsonPrimitive primitive -> primitive.getAsString();
      case JsonElement other -> other.toString();
    };
  }
}
