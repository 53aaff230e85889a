package dev.jiggety.agent.store.collation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/**
 * CouchDB's collation of JSON values (docs.couchdb.org/en/stable/ddocs/views/collation.html): null,
 * false, true, numbers, strings by the Unicode Collation Algorithm, arrays, objects. Thread-safe.
 *
 * <p>Strings are ordered as CouchDB orders them: by ICU's root collation as it comes, with nothing
 * to break a tie. So strings of different characters can be one key: {@code "é"} in its composed
 * and decomposed form, or strings that differ in ignorable characters alone, like U+0000. Rows with
 * such keys are ordered by their document ids. U+FFFF sorts after every other character.
 *
 * <p>Numbers are ordered by value: literals of digits alone exactly, however long they are; those
 * with a fraction or exponent as the double that they stand for, as CouchDB reads them. Objects are
 * compared member by member in the order that they are written in.
 */
public final class Collation {

  // Terminators are lower than any tag, so that what is shorter comes first.
  private static final int END = 0x00;
  private static final int NULL = 0x10;
  private static final int FALSE = 0x20;
  private static final int TRUE = 0x30;
  private static final int NUMBER = 0x40;
  private static final int STRING = 0x50;
  private static final int ARRAY = 0x60;
  private static final int OBJECT = 0x70;

  private Collation() {}

  /** The order of two values; 0 only where CouchDB takes them for the same key. */
  public static int compare(JsonElement left, JsonElement right) {
    var tag = tag(left);
    var order = Integer.compare(tag, tag(right));
    if (order != 0) {
      return order;
    }
    return switch (tag) {
      case NUMBER -> Numeral.of(left.getAsNumber()).compareTo(Numeral.of(right.getAsNumber()));
      case STRING -> Strings.compare(left.getAsString(), right.getAsString());
      case ARRAY -> compare(left.getAsJsonArray(), right.getAsJsonArray());
      case OBJECT -> compare(left.getAsJsonObject(), right.getAsJsonObject());
      default -> 0;
    };
  }

  private static int compare(JsonArray left, JsonArray right) {
    var common = Math.min(left.size(), right.size());
    for (var i = 0; i < common; i++) {
      var order = compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static int compare(JsonObject left, JsonObject right) {
    var others = right.entrySet().iterator();
    for (var member : left.entrySet()) {
      if (!others.hasNext()) {
        return 1;
      }
      var other = others.next();
      var order = Strings.compare(member.getKey(), other.getKey());
      if (order == 0) {
        order = compare(member.getValue(), other.getValue());
      }
      if (order != 0) {
        return order;
      }
    }
    return others.hasNext() ? -1 : 0;
  }

  /**
   * The value as bytes whose unsigned order is that of {@link #compare}. No key is a prefix of
   * another one, so that bytes may be appended; an array's key begins with the keys of its
   * elements. Good for as long as {@link #version} is the same.
   */
  public static byte[] key(JsonElement value) {
    var out = new KeyBytes();
    append(value, out);
    return out.toByteArray();
  }

  /**
   * What the keys of all arrays have in common that begin with the first {@code length} elements of
   * this one; the whole key where the value is no array or has fewer elements. These are CouchDB's
   * groups of a {@code group_level}.
   */
  public static byte[] prefix(JsonElement value, int length) {
    if (!(value instanceof JsonArray array) || array.size() < length) {
      return key(value);
    }
    var out = new KeyBytes();
    out.append(ARRAY);
    for (var i = 0; i < length; i++) {
      append(array.get(i), out);
    }
    return out.toByteArray();
  }

  /**
   * Changes with the order or form of keys: a new ICU may order strings differently. Keys of
   * another version must not be compared with new ones.
   */
  public static String version() {
    return "1-" + Strings.version();
  }

  private static int tag(JsonElement value) {
    return switch (value) {
      case JsonPrimitive primitive when primitive.isString() -> STRING;
      case JsonPrimitive primitive when primitive.isNumber() -> NUMBER;
      case JsonPrimitive primitive -> primitive.getAsBoolean() ? TRUE : FALSE;
      case JsonArray _ -> ARRAY;
      case JsonObject _ -> OBJECT;
      default -> NULL;
    };
  }

  private static void append(JsonElement value, KeyBytes out) {
    var tag = tag(value);
    out.append(tag);
    switch (tag) {
      case NUMBER -> Numeral.of(value.getAsNumber()).appendTo(out);
      case STRING -> Strings.append(value.getAsString(), out);
      case ARRAY -> {
        for (var element : value.getAsJsonArray()) {
          append(element, out);
        }
        out.append(END);
      }
      case OBJECT -> {
        for (var member : value.getAsJsonObject().entrySet()) {
          out.append(STRING);
          Strings.append(member.getKey(), out);
          append(member.getValue(), out);
        }
        out.append(END);
      }
      default -> {}
    }
  }
}
