package dev.jiggety.agent.report;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The templates of this room. Whatever they are given is escaped, and characters that XML does not
 * allow are shown as what they are: something that cannot be shown.
 */
final class Templates {
  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .withEscaper(text -> Escapers.HTML.escape(printable(text)))
          .nullValue("")
          .emptyStringIsFalse(true)
          .withLoader(name -> new StringReader(resource(name)));

  private Templates() {}

  /** One of them, compiled. */
  static Template load(String name) {
    return COMPILER.compile(resource(name));
  }

  /** A file beside this class. */
  static String resource(String name) {
    try (InputStream in = Templates.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without control characters, without halves of characters, without what turns text around. */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .map(Templates::shown)
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }

  private static int shown(int c) {
    boolean turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    boolean forbidden =
        Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) || (c & 0xFFFE) == 0xFFFE;
    return turns || forbidden ? 0xFFFD : c;
  }
}
