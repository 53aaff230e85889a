package dev.jiggety.desktop.navigation;

/** Tells a person something, or asks back. FX thread only. */
public interface Dialogs {
  /** How a message is meant. */
  enum Tone {
    DONE,
    WARNING,
    ERROR
  }

  /** Tells something that goes away by itself. */
  void say(Tone tone, String text);

  /**
   * Asks before something that cannot be undone.
   *
   * @param question what is asked, in few words
   * @param consequence what follows from yes
   * @param action the word on the button that means yes
   * @param yes what is done on yes
   */
  void confirm(String question, String consequence, String action, Runnable yes);
}
