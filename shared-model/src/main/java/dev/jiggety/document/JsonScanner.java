package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.internal.LazilyParsedNumber;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the text of JSON (RFC 8259, strictly) without making a tree of it, so that parts can
 * be taken out as they are written: what passes documents on by the thousand spends most of its
 * time on trees otherwise. Not for several threads.
 */
public final class JsonScanner {
  /** Deeper nesting is refused, as Gson does, with room for what stands around a document. */
  private static final int DEEPEST = 245;

  /** So many names are remembered; a power of two. */
  private static final int NAMES = 64;

  /** In shorter texts names hardly come again. */
  private static final int WORTH_REMEMBERING = 4_096;

  private final String text;
  private int at;
  private int nameAt;
  private int depth;
  private boolean fresh;
  private int lastBlank = -1;
  private final @Nullable String[] names;

  /** The text is not JSON, or too deep. */
  public static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String what, int at) {
      super(what + " at character " + at, null, false, false);
    }
  }

  /** At the start of a text. */
  public JsonScanner(String text) {
    this.text = text;
    this.names = new @Nullable String[text.length() < WORTH_REMEMBERING ? 0 : NAMES];
  }

  /** Whether there were blanks between what was read from there on. */
  public boolean sawBlanksSince(int position) {
    return lastBlank >= position;
  }

  /** Where the next value, name or bracket begins. */
  public int position() {
    skipBlanks();
    return at;
  }

  /** Where what was read last ends. */
  public int reached() {
    return at;
  }

  /** The text from there up to what was read last. */
  public String since(int position) {
    return text.substring(position, at);
  }

  /** Enters an object. */
  public void beginObject() throws MalformedException {
    expect('{');
    enter();
  }

  /** Enters a list. */
  public void beginArray() throws MalformedException {
    expect('[');
    enter();
  }

  private void enter() throws MalformedException {
    if (++depth > DEEPEST) {
      throw malformed("nested too deep");
    }
    fresh = true;
  }

  /** The name of the object's next member; null when the object ends, which leaves it. */
  public @Nullable String nextName() throws MalformedException {
    if (ended('}')) {
      return null;
    }
    skipBlanks();
    nameAt = at;
    var escapes = skipString();
    var name = escapes ? unescape(nameAt + 1, at - 1) : known(nameAt + 1, at - 1);
    expect(':');
    return name;
  }

  /** A part of the text; of names that come again and again, the same string each time. */
  private String known(int from, int to) {
    if (names.length == 0 || from == to) {
      return text.substring(from, to);
    }
    var hash =
        31 * text.charAt(from) + 7 * text.charAt((from + to) / 2) + text.charAt(to - 1) + to - from;
    var place = hash & (NAMES - 1);
    var name = names[place];
    if (name == null || name.length() != to - from || !text.startsWith(name, from)) {
      name = text.substring(from, to);
      names[place] = name;
    }
    return name;
  }

  /** The member as it is written, name and value, after its value was passed over. */
  public String member() {
    return text.substring(nameAt, at);
  }

  /** Appends what {@link #member} gives. */
  public void appendMember(StringBuilder out) {
    out.append(text, nameAt, at);
  }

  /** Whether the list goes on; if not, it is left. */
  public boolean nextElement() throws MalformedException {
    return !ended(']');
  }

  private boolean ended(char bracket) throws MalformedException {
    var first = fresh;
    fresh = false;
    skipBlanks();
    if (peek() == bracket) {
      at++;
      depth--;
      return true;
    }
    if (!first) {
      expect(',');
    }
    return false;
  }

  /** Nothing but blanks may come after this. */
  public void end() throws MalformedException {
    skipBlanks();
    if (at < text.length()) {
      throw malformed("more than one value");
    }
  }

  /** Passes over a value of any kind. */
  public void skipValue() throws MalformedException {
    skipBlanks();
    switch (peek()) {
      case '{' -> {
        beginObject();
        while (!ended('}')) {
          skipBlanks();
          skipString();
          expect(':');
          skipValue();
        }
      }
      case '[' -> {
        beginArray();
        while (!ended(']')) {
          skipValue();
        }
      }
      case '"' -> skipString();
      default -> skipLiteral();
    }
  }

  /** The next value as a tree. */
  public JsonElement nextTree() throws MalformedException {
    skipBlanks();
    return switch (peek()) {
      case '{' -> {
        var object = new JsonObject();
        beginObject();
        for (var name = nextName(); name != null; name = nextName()) {
          object.add(name, nextTree());
        }
        yield object;
      }
      case '[' -> {
        var array = new JsonArray();
        beginArray();
        while (nextElement()) {
          array.add(nextTree());
        }
        yield array;
      }
      case '"' -> new JsonPrimitive(nextString());
      case 't', 'f' -> {
        var from = at;
        skipLiteral();
        yield new JsonPrimitive(since(from).equals("true"));
      }
      case 'n' -> {
        skipLiteral();
        yield JsonNull.INSTANCE;
      }
      default -> {
        var from = at;
        skipLiteral();
        yield new JsonPrimitive(new LazilyParsedNumber(since(from)));
      }
    };
  }

  /** The next value, a string. */
  public String nextString() throws MalformedException {
    skipBlanks();
    var from = at + 1;
    var escapes = skipString();
    return escapes ? unescape(from, at - 1) : text.substring(from, at - 1);
  }

  private String unescape(int from, int to) {
    var out = new StringBuilder(to - from);
    for (var i = from; i < to; i++) {
      var c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      c = text.charAt(++i);
      switch (c) {
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> {
          out.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
          i += 4;
        }
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** Passes over a string; whether there are escapes in it. */
  private boolean skipString() throws MalformedException {
    if (peek() != '"') {
      throw malformed("no string");
    }
    var escapes = false;
    // Most of all characters pass here: the place is written back only where somebody looks.
    var end = text.length();
    for (var i = at + 1; i < end; i++) {
      var c = text.charAt(i);
      if (c == '"') {
        at = i + 1;
        return escapes;
      }
      if (c < 0x20) {
        break;
      }
      if (c == '\\') {
        escapes = true;
        at = i;
        skipEscape();
        i = at;
      }
    }
    throw malformed("a string does not end");
  }

  private void skipEscape() throws MalformedException {
    at++;
    switch (peek()) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {}
      case 'u' -> {
        for (var i = 0; i < 4; i++) {
          at++;
          if (Character.digit(peek(), 16) < 0 || peek() > 'f') {
            throw malformed("no escape");
          }
        }
      }
      default -> throw malformed("no escape");
    }
  }

  private void skipLiteral() throws MalformedException {
    switch (peek()) {
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> skipNumber();
    }
  }

  private void word(String word) throws MalformedException {
    if (!text.startsWith(word, at)) {
      throw malformed("no value");
    }
    at += word.length();
  }

  private void skipNumber() throws MalformedException {
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
  }

  private void digits() throws MalformedException {
    var i = at;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    if (i == at) {
      throw malformed("no value");
    }
    at = i;
  }

  private void expect(char wanted) throws MalformedException {
    skipBlanks();
    if (peek() != wanted) {
      throw malformed("no " + wanted);
    }
    at++;
  }

  /** The character at hand; 0, which is nowhere right, at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void skipBlanks() {
    while (at < text.length()) {
      var c = text.charAt(at);
      if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
        return;
      }
      lastBlank = at++;
    }
  }

  private MalformedException malformed(String what) {
    return new MalformedException(what, at);
  }
}
