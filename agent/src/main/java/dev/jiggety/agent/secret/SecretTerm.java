package dev.jiggety.agent.secret;

import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.time.Instant;

/** A manager's time of being active, as this part sees it. Safe for any thread. */
public interface SecretTerm {
  /** Whether it is over: then nothing may be written any more. */
  boolean isOver();

  /** The hub's time. */
  Instant now();

  /** The key with which it signs. */
  SigningKey key();

  /** The keys that are in force, as the manager has made sure. */
  Trust trust();

  /** How it is getting on, in a line. */
  void says(String text);

  /** Something is wrong from now on. */
  void trouble(String about, String text);

  /** It is not wrong any more. */
  void fine(String about);
}
