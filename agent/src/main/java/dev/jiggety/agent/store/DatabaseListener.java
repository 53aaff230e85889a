package dev.jiggety.agent.store;

/** Hears of databases that come, change and go; called by the thread that does it. */
public interface DatabaseListener {

  /** A database was made. */
  default void created(String name) {}

  /** Documents of a database changed. Called between two writes: be quick, and throw nothing. */
  default void updated(String name) {}

  /** A database was deleted. */
  default void deleted(String name) {}
}
