package dev.jiggety.agent.cli;

import dev.jiggety.model.Verdict;
import java.util.regex.Pattern;

/** Colours and cursor moves of a terminal (ECMA-48), or nothing where there is none. */
record Ansi(boolean enabled) {
  private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");

  /** For standard output: colours only on a terminal, and not where NO_COLOR asks for none. */
  static Ansi detect() {
    return new Ansi(Terminal.find().isPresent() && System.getenv("NO_COLOR") == null);
  }

  /** A verdict as a sign and a word; never by colour alone. */
  String verdict(Verdict verdict) {
    return switch (verdict) {
      case UP -> colour("32", "✓ up");
      case DEGRADED -> colour("33", "▲ degraded");
      case DOWN -> colour("31", "✗ down");
      case UNKNOWN -> colour("90", "? unknown");
    };
  }

  String dim(String text) {
    return colour("90", text);
  }

  String bold(String text) {
    return colour("1", text);
  }

  String red(String text) {
    return colour("31", text);
  }

  /** Puts the cursor to the top and clears what is below; the empty text without a terminal. */
  String home() {
    return enabled ? "\u001b[H\u001b[J" : "";
  }

  /** The text without colours and moves. */
  static String strip(String text) {
    return SEQUENCE.matcher(text).replaceAll("");
  }

  private String colour(String code, String text) {
    return enabled ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
