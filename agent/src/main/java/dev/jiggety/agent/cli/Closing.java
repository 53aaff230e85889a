package dev.jiggety.agent.cli;

/** Something to close that throws nothing. */
@FunctionalInterface
interface Closing extends AutoCloseable {
  /** Nothing to close. */
  Closing NOTHING = () -> {};

  @Override
  void close();
}
