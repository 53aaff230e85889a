package dev.jiggety.desktop.navigation;

/**
 * Something that a person can have done, offered in the command palette.
 *
 * @param words what it does, beginning with the verb where the language allows it
 * @param keys what does the same by keyboard, like {@code Ctrl+N}; empty for nothing
 * @param doing what is done, on the FX thread
 */
public record Action(String words, String keys, Runnable doing) {
  /** One without keys of its own. */
  public static Action of(String words, Runnable doing) {
    return new Action(words, "", doing);
  }
}
