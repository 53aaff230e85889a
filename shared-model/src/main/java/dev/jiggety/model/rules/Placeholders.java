package dev.jiggety.model.rules;

import dev.jiggety.model.Assertion;
import dev.jiggety.model.Connection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The places in a text where something is put in: {@code ${secret.NAME}} for a secret of the node
 * (lower-case letters, digits, {@code -}, {@code .} and {@code _}), {@code ${NAME}} for a variable
 * or what a request before it captured (letters, digits and {@code _}, not beginning with a digit).
 * {@code $${NAME}} stands for {@code ${NAME}} itself; any other dollar is text like the rest.
 */
public final class Placeholders {
  private static final String SECRET = "secret.";
  private static final Pattern SECRET_NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
  private static final Pattern PLACE = Pattern.compile("(\\$?)\\$\\{([A-Za-z0-9._-]{1,71})\\}");

  private Placeholders() {}

  /**
   * A place.
   *
   * @param name without {@code secret.}
   * @param secret whether it is a secret of the node
   * @param at where it begins in the text, from 0
   */
  public record Reference(String name, boolean secret, int at) {
    /** As it stands in the text, without {@code ${} and {@code }}. */
    public String key() {
      return secret ? SECRET + name : name;
    }
  }

  /** A text refers to what is not there; the message says to what and where. */
  public static final class UndefinedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UndefinedException(Reference reference) {
      super(
          "${"
              + reference.key()
              + "} at character "
              + (reference.at() + 1)
              + " is not defined; "
              + (reference.secret()
                  ? "the node has no secret of that name"
                  : "nothing before it captured or set it"),
          null,
          false,
          false);
    }
  }

  /** Whether a secret may be called so. */
  public static boolean isSecretName(String name) {
    return SECRET_NAME.matcher(name).matches();
  }

  /** Whether a variable or a capture may be called so. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** All places of a text, in order. */
  public static List<Reference> find(String text) {
    if (!text.contains("${")) {
      return List.of();
    }
    List<Reference> found = new ArrayList<>();
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      Reference reference = place.group(1).isEmpty() ? reference(place) : null;
      if (reference != null) {
        found.add(reference);
      }
    }
    return List.copyOf(found);
  }

  /**
   * The text with everything put in. What is put in is not looked at again.
   *
   * @param values by {@link Reference#key()}; null for what is not there
   * @throws UndefinedException when something is not there
   */
  public static String fill(String text, Function<String, @Nullable String> values) {
    if (!text.contains("${")) {
      return text;
    }
    StringBuilder filled = new StringBuilder(text.length() + 32);
    Matcher place = PLACE.matcher(text);
    int from = 0;
    while (place.find()) {
      filled.append(text, from, place.start());
      from = place.end();
      Reference reference = reference(place);
      if (reference == null) {
        filled.append(text, place.start(), place.end());
      } else if (!place.group(1).isEmpty()) {
        filled.append(text, place.start() + 1, place.end());
      } else {
        String value = values.apply(reference.key());
        if (value == null) {
          throw new UndefinedException(reference);
        }
        filled.append(value);
      }
    }
    return filled.append(text, from, text.length()).toString();
  }

  /**
   * An address with everything put into it. What is put in is a value, not a piece of address: it
   * is encoded, unless it is what the address begins with.
   *
   * @throws UndefinedException when something is not there
   */
  public static String fillUrl(String url, Function<String, @Nullable String> values) {
    return fill(
        url,
        key -> {
          String value = values.apply(key);
          return value == null || url.startsWith("${" + key + "}")
              ? value
              : URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        });
  }

  /**
   * A connection with everything put into it.
   *
   * @throws UndefinedException when something is not there
   */
  public static Connection fill(Connection connection, Function<String, @Nullable String> values) {
    return new Connection(
        connection.version(),
        connection.family(),
        orNull(connection.address(), values),
        orNull(connection.resolver(), values),
        orNull(connection.proxy(), values),
        orNull(connection.authority(), values),
        orNull(connection.clientCertificate(), values),
        orNull(connection.clientKey(), values));
  }

  private static @Nullable String orNull(
      @Nullable String text, Function<String, @Nullable String> values) {
    return text == null ? null : fill(text, values);
  }

  /**
   * An assertion with everything put into its name and what it expects; into a regular expression
   * as the text that it is, not as an expression.
   *
   * @throws UndefinedException when something is not there
   */
  public static Assertion fill(Assertion assertion, Function<String, @Nullable String> values) {
    Function<String, @Nullable String> quoted =
        key -> {
          String value = values.apply(key);
          return value == null ? null : Pattern.quote(value);
        };
    boolean isRegex = assertion.operator() == Assertion.Operator.MATCHES;
    return new Assertion(
        assertion.target(),
        fill(assertion.name(), values),
        assertion.operator(),
        assertion.negated(),
        fill(assertion.expected(), isRegex ? quoted : values));
  }

  /** Null when the name is none: then it is text. */
  private static @Nullable Reference reference(Matcher place) {
    String key = place.group(2);
    if (key.startsWith(SECRET)) {
      String name = key.substring(SECRET.length());
      return isSecretName(name) ? new Reference(name, true, place.start()) : null;
    }
    return isName(key) ? new Reference(key, false, place.start()) : null;
  }
}
