package dev.jiggety.agent.notify;

import org.jspecify.annotations.Nullable;

/** Texts cut to what a line or a message can hold. */
final class Lines {
  private static final int LINE = 300;

  private Lines() {}

  /** In one line without anything that could be taken for another one. */
  static String one(@Nullable String text) {
    return text == null ? "" : shortened(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip(), LINE);
  }

  /** At most so many characters; what is left out is said by three dots. */
  static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }
}
