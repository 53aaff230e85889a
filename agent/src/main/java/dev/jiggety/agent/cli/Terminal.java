package dev.jiggety.agent.cli;

import java.io.Console;
import java.util.Optional;

/** The terminal at which somebody sits. */
final class Terminal {
  private Terminal() {}

  /** It; empty where nobody sits, as in a script or a service. */
  @SuppressWarnings("SystemConsoleNull") // it may be: the console is a module that can be left out
  static Optional<Console> find() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
