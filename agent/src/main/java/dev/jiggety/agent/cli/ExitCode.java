package dev.jiggety.agent.cli;

/** What the program tells the shell; the same for every command. */
final class ExitCode {
  /** All is well. */
  static final int FINE = 0;

  /** The thing asked about is bad: a test is down, a file is wrong, a folder cannot be written. */
  static final int BAD = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** The hub cannot be reached, or does not let us in. */
  static final int HUB = 3;

  private ExitCode() {}
}
