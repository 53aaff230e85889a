package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.base.Durations;
import dev.jiggety.base.Nearest;
import dev.jiggety.base.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object and collects what is wrong with them, so that a person sees
 * all problems at once and each with its place. A field that is wrong or missing gives a harmless
 * value and a problem; the caller throws at the end.
 */
final class Fields {
  private final JsonObject object;
  private final String place;
  private final List<Problem> problems;
  private final Set<String> known = new HashSet<>();

  Fields(JsonObject object, String place, List<Problem> problems) {
    this.object = object;
    this.place = place;
    this.problems = problems;
  }

  boolean has(String name) {
    known.add(name);
    return object.has(name) && !object.get(name).isJsonNull();
  }

  String text(String name) {
    if (!has(name)) {
      report(name, "is missing");
      return "";
    }
    return text(name, "");
  }

  String text(String name, String absent) {
    String given = given(name);
    return given == null ? absent : given;
  }

  /** Null when there is none; also of another type, which is reported. */
  private @Nullable String given(String name) {
    JsonPrimitive value = primitive(name);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      report(name, "must be a text, found " + value);
      return null;
    }
    return value.getAsString();
  }

  @Nullable String textOrNull(String name) {
    return has(name) ? text(name, "") : null;
  }

  /** A text or a number, as text: assertions expect {@code 200} as well as {@code "200-299"}. */
  String scalar(String name) {
    JsonPrimitive value = primitive(name);
    return value == null ? "" : value.getAsString();
  }

  boolean flag(String name, boolean absent) {
    JsonPrimitive value = primitive(name);
    if (value == null) {
      return absent;
    }
    if (!value.isBoolean()) {
      report(name, "must be true or false, found " + value);
      return absent;
    }
    return value.getAsBoolean();
  }

  long number(String name, long absent) {
    JsonPrimitive value = primitive(name);
    if (value == null) {
      return absent;
    }
    try {
      return value.getAsBigDecimal().longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      report(name, "must be a whole number, found " + value);
      return absent;
    }
  }

  /** A number that must be there, since a guess would be believed. */
  long required(String name) {
    if (!has(name)) {
      report(name, "is missing");
    }
    return number(name, 0);
  }

  int smallNumber(String name, int absent) {
    long value = number(name, absent);
    if (value != (int) value) {
      report(name, "is too large: " + value);
      return absent;
    }
    return (int) value;
  }

  @Nullable Duration duration(String name, @Nullable Duration absent) {
    return parsed(name, absent, Durations::parse);
  }

  /** A text that {@code parser} understands; its IllegalArgumentException becomes the problem. */
  <T> @Nullable T parsed(String name, @Nullable T absent, Function<String, T> parser) {
    String text = given(name);
    if (text == null) {
      return absent;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      report(name, String.valueOf(e.getMessage()));
      return absent;
    }
  }

  /** One of an enum's constants, by its lower-case, hyphenated label. */
  <E extends Enum<E>> E oneOf(String name, E absent, E[] constants, Function<E, String> label) {
    String wanted = given(name);
    if (wanted == null) {
      return absent;
    }
    for (E constant : constants) {
      if (label.apply(constant).equals(wanted)) {
        return constant;
      }
    }
    String allowed = Arrays.stream(constants).map(label).collect(Collectors.joining(", "));
    report(name, "\"" + wanted + "\" is not one of " + allowed);
    return absent;
  }

  Collection<String> texts(String name) {
    return each(
        name,
        (element, itemPlace) -> {
          if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
            return element.getAsString();
          }
          problems.add(new Problem(itemPlace, "must be a text, found " + element));
          return "";
        });
  }

  List<Fields> objects(String name) {
    return each(name, this::asFields);
  }

  /** The fields of a nested object; of an empty one where it is missing. */
  Fields object(String name) {
    return has(name)
        ? asFields(object.get(name), at(name))
        : new Fields(new JsonObject(), at(name), problems);
  }

  JsonArray array(String name) {
    if (!has(name)) {
      return new JsonArray();
    }
    if (object.get(name) instanceof JsonArray array) {
      return array;
    }
    report(name, "must be a list");
    return new JsonArray();
  }

  /** All names in the object, known or not. */
  Set<String> names() {
    return object.keySet();
  }

  JsonObject raw() {
    return object;
  }

  void report(String name, String message) {
    problems.add(new Problem(at(name), message));
  }

  /** Reports every field that nobody has asked for: for what people write, where it is a typo. */
  void refuseUnknown() {
    for (String name : object.keySet()) {
      if (!known.contains(name)) {
        report(
            name,
            Nearest.to(name, known)
                .map(meant -> "unknown field; did you mean \"" + meant + "\"?")
                .orElseGet(() ->
                    "unknown field; known here: "
                        + String.join(", ", known.stream().sorted().toList())));
      }
    }
  }

  private String at(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  private Fields asFields(JsonElement element, String itemPlace) {
    if (element instanceof JsonObject nested) {
      return new Fields(nested, itemPlace, problems);
    }
    problems.add(new Problem(itemPlace, "must be an object with fields"));
    return new Fields(new JsonObject(), itemPlace, problems);
  }

  private <T> List<T> each(String name, BiFunction<JsonElement, String, T> read) {
    List<T> items = new ArrayList<>();
    JsonArray array = array(name);
    for (int i = 0; i < array.size(); i++) {
      items.add(read.apply(array.get(i), at(name) + "[" + i + "]"));
    }
    return items;
  }

  private @Nullable JsonPrimitive primitive(String name) {
    if (!has(name)) {
      return null;
    }
    if (object.get(name) instanceof JsonPrimitive value) {
      return value;
    }
    report(name, "must be a single value");
    return null;
  }
}
