package dev.jiggety.agent.replication.job;

import java.util.Locale;

/** What a job is doing, in the words of CouchDB's scheduler. */
public enum JobState {
  /** Waits for its turn. */
  PENDING,
  /** At work, or waits for changes. */
  RUNNING,
  /** The last attempt failed; waits before the next. */
  CRASHING,
  /** Done. */
  COMPLETED,
  /** Given up. */
  FAILED;

  /** CouchDB's word. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing comes after it. */
  public boolean isEnd() {
    return this == COMPLETED || this == FAILED;
  }
}
