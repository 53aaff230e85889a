package dev.jiggety.agent.notify;

import com.google.gson.JsonPrimitive;
import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Mustache.Escaper;
import com.samskivert.mustache.Mustache.VariableFetcher;
import java.io.Writer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills templates of people: Mustache without logic, without files, without a look into any object
 * of Java. What one may cost is bounded, in text and in steps.
 */
final class Templates {
  static final Escaper PLAIN = text -> text;

  /** Into a text between quotes in JSON. */
  static final Escaper JSON =
      text -> {
        String quoted = new JsonPrimitive(text).toString();
        return quoted.substring(1, quoted.length() - 1);
      };

  private static final int MOST_TEXT = 200_000;
  private static final int MOST_STEPS = 100_000;

  private Templates() {}

  /** The template cannot be filled; says why in one line. */
  static final class TemplateException extends Exception {
    private static final long serialVersionUID = 1L;

    TemplateException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Fills one.
   *
   * @throws TemplateException when it is not well formed, names what is not there, or never ends
   */
  static String fill(String template, Map<String, Object> context, Escaper escaper)
      throws TemplateException {
    Bounded out = new Bounded();
    try {
      Mustache.compiler()
          .withEscaper(escaper)
          .withCollector(new Counting())
          .compile(template)
          .execute(context, out);
    } catch (RuntimeException | StackOverflowError e) {
      Throwable cause = e.getCause() instanceof IllegalStateException inner ? inner : e;
      throw new TemplateException(Lines.one(String.valueOf(cause.getMessage())));
    }
    return out.text.toString();
  }

  /** Looks into maps and lists alone, and counts. */
  private static final class Counting extends BasicCollector {
    private int steps;

    @Override
    public @Nullable VariableFetcher createFetcher(Object context, String name) {
      VariableFetcher inner = super.createFetcher(context, name);
      if (inner == null) {
        return null;
      }
      return (from, variable) -> {
        if (++steps > MOST_STEPS) {
          throw new IllegalStateException("it takes more than " + MOST_STEPS + " steps");
        }
        return inner.get(from, variable);
      };
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new ConcurrentHashMap<>();
    }
  }

  private static final class Bounded extends Writer {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void write(char[] from, int offset, int length) {
      if (text.length() + length > MOST_TEXT) {
        throw new IllegalStateException("it makes more than " + MOST_TEXT + " characters");
      }
      text.append(from, offset, length);
    }

    @Override
    public void flush() {
      // nothing is behind it
    }

    @Override
    public void close() {
      // nothing is behind it
    }
  }
}
