package dev.jiggety.agent.notify;

import java.time.Instant;

/** The time in which one manager alone may tell people. Safe for any thread. */
public interface Term {
  /** Grows with every manager that takes over. */
  long epoch();

  /** Whether it is over: then nothing may be written or sent any more. */
  boolean isOver();

  /** The hub's time, as well as it is known. */
  Instant now();

  /** How it is getting on, in a line; takes the place of what was said before. */
  void says(String text);

  /** Something is wrong from now on, with one thing. */
  void trouble(String about, String text);

  /** It is not wrong any more, if it was. */
  void fine(String about);
}
