package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * JSON with one spelling only: members sorted by name, no blanks, numbers as they were written. The
 * same content always has the same bytes, so that a revision can be a function of the content. The
 * same quickly, with the members in the order that they have, is {@link #compact}.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /** The canonical text. */
  public static String write(JsonElement json) {
    StringBuilder out = new StringBuilder();
    append(out, json, true);
    return out.toString();
  }

  /** The MD5 of the canonical text in UTF-8, as 32 lower-case hexadecimal digits. */
  public static String md5(JsonElement json) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5"); // an identity, not a protection
      return HexFormat.of().formatHex(md5.digest(write(json).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /** The text of an object of these members: no blanks, numbers as they were written, in order. */
  public static String compact(Collection<Map.Entry<String, JsonElement>> members) {
    return object(members, false);
  }

  /** The canonical text of an object of these members. */
  public static String write(Collection<Map.Entry<String, JsonElement>> members) {
    return object(members, true);
  }

  private static String object(Collection<Map.Entry<String, JsonElement>> members, boolean sorted) {
    StringBuilder out = new StringBuilder(256);
    appendObject(out, members, sorted);
    return out.toString();
  }

  private static void append(StringBuilder out, JsonElement json, boolean sorted) {
    switch (json) {
      case JsonObject object -> appendObject(out, object.entrySet(), sorted);
      case JsonArray array -> {
        out.append('[');
        String comma = "";
        for (JsonElement element : array) {
          out.append(comma);
          append(out, element, sorted);
          comma = ",";
        }
        out.append(']');
      }
      case JsonPrimitive text when text.isString() -> appendText(out, text.getAsString(), sorted);
      // Not by toString(), which makes a writer for each and looks at numbers with a pattern.
      case JsonPrimitive primitive -> out.append(primitive.getAsString());
      default -> out.append("null");
    }
  }

  private static void appendObject(
      StringBuilder out, Collection<Map.Entry<String, JsonElement>> members, boolean sorted) {
    List<Map.Entry<String, JsonElement>> ordered = new ArrayList<>(members);
    if (sorted) {
      ordered.sort(Map.Entry.comparingByKey());
    }
    out.append('{');
    String comma = "";
    for (Map.Entry<String, JsonElement> member : ordered) {
      out.append(comma);
      appendText(out, member.getKey(), sorted);
      out.append(':');
      append(out, member.getValue(), sorted);
      comma = ",";
    }
    out.append('}');
  }

  private static void appendText(StringBuilder out, String text, boolean canonical) {
    out.append('"');
    int plain = 0; // from here on, nothing has been written yet
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\' || c < 0x20) {
        out.append(text, plain, i);
        plain = i + 1;
        appendEscaped(out, c, canonical);
      }
    }
    out.append(text, plain, text.length()).append('"');
  }

  private static void appendEscaped(StringBuilder out, char c, boolean canonical) {
    if (c >= 0x20) {
      out.append('\\').append(c);
    } else if (c == '\n' && !canonical) {
      out.append("\\n"); // shorter; the canonical text cannot change any more
    } else {
      out.append("\\u00")
          .append(Character.forDigit(c >> 4, 16))
          .append(Character.forDigit(c & 15, 16));
    }
  }
}
