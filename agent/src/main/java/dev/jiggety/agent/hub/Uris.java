package dev.jiggety.agent.hub;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes paths apart as CouchDB does: at the slashes as they came, then each part is decoded. */
final class Uris {
  private static final String UNRESERVED = "-._~:@!$'()*,;=";

  private Uris() {}

  /** The parts of a raw path, decoded; empty ones are left out, so {@code //a/} is {@code a}. */
  static List<String> segments(String rawPath) {
    var segments = new ArrayList<String>();
    for (var part : rawPath.split("/", -1)) {
      if (!part.isEmpty()) {
        segments.add(decode(part));
      }
    }
    return segments;
  }

  /**
   * Decodes percent signs, and plus as a blank (CouchDB: {@code decode_plus_to_space}).
   *
   * @throws CouchError 400, where the bytes are no UTF-8
   */
  static String decode(String raw) {
    if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0) {
      return raw;
    }
    var bytes = new ByteArrayOutputStream(raw.length());
    for (var i = 0; i < raw.length(); i++) {
      var c = raw.charAt(i);
      if (c == '+') {
        bytes.write(' ');
      } else if (c == '%' && hex(raw, i + 1) >= 0 && hex(raw, i + 2) >= 0) {
        bytes.write(hex(raw, i + 1) << 4 | hex(raw, i + 2));
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw CouchError.badRequest("The URL is not valid UTF-8");
    }
  }

  private static int hex(String text, int at) {
    return at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
  }

  /** Encodes one part of a path. */
  static String encode(String part) {
    var out = new StringBuilder(part.length() + 8);
    for (var b : part.getBytes(StandardCharsets.UTF_8)) {
      var c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%');
        out.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        out.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return out.toString();
  }
}
