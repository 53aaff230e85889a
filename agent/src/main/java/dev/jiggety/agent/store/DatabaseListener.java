package dev.jiggety.agent.store;

/** Hears of databases that come and go; called by the thread that makes or deletes them. */
public interface DatabaseListener {

  /** A database was made. */
  default void created(String name) {}

  /** A database was deleted. */
  default void deleted(String name) {}
}
