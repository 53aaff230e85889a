package dev.jiggety.agent.bench.patch;

import dev.jiggety.agent.bench.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a process go before the others of a benchmark: a fleet has processors of its own, and here
 * it shares those of the hub and the manager.
 */
final class Priority {
  private static final String NICENESS = "-5";
  private static final List<String> COMMAND = List.of("nice", "-n", NICENESS);

  private Priority() {}

  /** The program, before the others. */
  static Program before(Program program) {
    return new Program(new Program(COMMAND).with(program.command()));
  }

  /** Whether that is allowed; as a rule to root alone. */
  static boolean available() {
    List<String> command = new ArrayList<>(COMMAND);
    command.add("nice"); // by itself it tells the niceness it has
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String told =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return told.equals(NICENESS);
    } catch (IOException e) {
      return false; // there is no such tool
    }
  }
}
