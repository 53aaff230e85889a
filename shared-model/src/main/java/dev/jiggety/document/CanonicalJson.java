package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * JSON with one spelling only: members sorted by name, no blanks, numbers as they were written. The
 * same content always has the same bytes, so that a revision can be a function of the content.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /** The canonical text. */
  public static String write(JsonElement json) {
    StringBuilder out = new StringBuilder();
    append(out, json);
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

  private static void append(StringBuilder out, JsonElement json) {
    switch (json) {
      case JsonObject object -> appendObject(out, object);
      case JsonArray array -> {
        out.append('[');
        String comma = "";
        for (JsonElement element : array) {
          out.append(comma);
          append(out, element);
          comma = ",";
        }
        out.append(']');
      }
      case JsonPrimitive text when text.isString() -> appendText(out, text.getAsString());
      default -> out.append(json);
    }
  }

  private static void appendObject(StringBuilder out, JsonObject object) {
    out.append('{');
    String comma = "";
    for (String name : new TreeSet<>(object.keySet())) {
      out.append(comma);
      appendText(out, name);
      out.append(':');
      append(out, object.get(name));
      comma = ",";
    }
    out.append('}');
  }

  private static void appendText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        default -> {
          if (c < 0x20) {
            out.append("\\u00")
                .append(Character.forDigit(c >> 4, 16))
                .append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
