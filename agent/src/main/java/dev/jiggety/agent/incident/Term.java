package dev.jiggety.agent.incident;

import java.time.Instant;

/** The time in which this program is the one that decides. Safe for any thread. */
public interface Term {
  /** Grows with every one that takes over; stands in what is written. */
  long epoch();

  /** Whether it is over: then nothing may be written any more. */
  boolean isOver();

  /** The hub's time, as well as it is known. */
  Instant now();

  /** Who decides, as trails say it, like {@code manager:m1}. */
  String by();

  /** How it is getting on, in a line. */
  void says(String text);

  /** Something is wrong from now on. */
  void trouble(String about, String text);

  /** It is not wrong any more, if it was. */
  void fine(String about);
}
