package dev.jiggety.document.yaml;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * JSON as YAML for people, one spelling for each content: members in their order, two blanks of
 * indentation, texts without quotes where nobody could take them for something else, texts of
 * several lines as blocks.
 */
final class YamlText {
  /** Begins like a word, a path or a number with a unit, and has nothing in it that means more. */
  private static final Pattern PLAIN =
      Pattern.compile("[\\p{Alnum}_/(][\\p{Alnum} _./()+=&%;,?$~'\"|<>^*@!:-]*");

  private static final Pattern LIKE_A_NUMBER = Pattern.compile("[-+.\\d][-+.,:_\\deExXoO]*");

  /** No texts, or no texts to older readers of YAML. */
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  /** What a block keeps as it is: printable, no blank in the beginning or at the end of a line. */
  private static final Pattern BLOCK =
      Pattern.compile("(\\S|\\S[^\\p{Cntrl}]*\\S)(\n( *(\\S|\\S[^\\p{Cntrl}]*\\S))?)*");

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  /** The text of an object; ends with a line break. */
  static String write(JsonObject object) {
    YamlText text = new YamlText();
    text.members(object, 0);
    return text.out.toString();
  }

  private void members(JsonObject object, int indent) {
    boolean first = true;
    for (Map.Entry<String, JsonElement> member : object.entrySet()) {
      if (!first || !endsWithDash()) {
        indent(indent);
      }
      first = false;
      String name = member.getKey();
      out.append(isPlain(name) ? name : quoted(name)).append(':');
      value(member.getValue(), indent);
    }
  }

  /** What follows a colon or a dash, up to and with the line break. */
  private void value(JsonElement value, int indent) {
    switch (value) {
      case JsonObject object when !object.isEmpty() -> {
        out.append('\n');
        members(object, indent + 2);
      }
      case JsonArray array when !array.isEmpty() -> {
        out.append('\n');
        items(array, indent + 2);
      }
      case JsonPrimitive text when text.isString() && isBlock(text.getAsString()) ->
          block(text.getAsString(), indent + 2);
      case JsonPrimitive text when text.isString() ->
          out.append(' ').append(scalar(text.getAsString())).append('\n');
      default -> out.append(' ').append(value).append('\n');
    }
  }

  private void items(JsonArray array, int indent) {
    for (JsonElement item : array) {
      indent(indent);
      out.append('-');
      if (item instanceof JsonObject object && !object.isEmpty()) {
        out.append(' ');
        members(object, indent + 2);
      } else {
        value(item, indent);
      }
    }
  }

  private void block(String text, int indent) {
    boolean ends = text.endsWith("\n");
    out.append(ends ? " |\n" : " |-\n");
    String body = ends ? text.substring(0, text.length() - 1) : text;
    for (String line : body.split("\n", -1)) {
      if (!line.isEmpty()) {
        indent(indent);
        out.append(line);
      }
      out.append('\n');
    }
  }

  private static boolean isBlock(String text) {
    return text.indexOf('\n') >= 0
        && !text.endsWith("\n\n")
        && !text.startsWith("\n")
        && text.codePoints().allMatch(c -> c == '\n' || isPrintable(c))
        && BLOCK.matcher(text).matches();
  }

  private static String scalar(String text) {
    boolean plain = isPlain(text) && !WORDS.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : quoted(text);
  }

  /** Whether it can stand without quotes; a name of a field too, where {@code on} is common. */
  private static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches()
        && !text.endsWith(" ")
        && !text.endsWith(":")
        && !text.contains(": ")
        && !LIKE_A_NUMBER.matcher(text).matches()
        && !text.matches("(?i)true|false|null");
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            case '\r' -> quoted.append("\\r");
            default -> {
              if (isPrintable(c)) {
                quoted.appendCodePoint(c);
              } else if (c > 0xffff) {
                quoted.append("\\U%08x".formatted(c));
              } else {
                quoted.append("\\u%04x".formatted(c));
              }
            }
          }
        });
    return quoted.append('"').toString();
  }

  /** What stands in a file as it is and can be seen there. */
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  private boolean endsWithDash() {
    return out.length() >= 2
        && out.charAt(out.length() - 1) == ' '
        && out.charAt(out.length() - 2) == '-';
  }

  private void indent(int blanks) {
    out.repeat(' ', blanks);
  }
}
