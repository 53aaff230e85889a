package dev.jiggety.agent.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the system's own commands; another one in tests. */
@FunctionalInterface
public interface Shell {
  /** Runs them for real. */
  Shell SYSTEM = Shell::runHere;

  /** How a command ended. */
  record Ended(int exitCode, String output) {
    /** Whether it did what it was asked for. */
    public boolean isFine() {
      return exitCode == 0;
    }
  }

  /** What a shell says when there is no such command. */
  int NO_COMMAND = 127;

  /** Runs one to its end; never throws for what the command does. */
  Ended run(List<String> command);

  private static Ended runHere(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Ended(process.waitFor(), output);
    } catch (IOException e) {
      return new Ended(NO_COMMAND, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ended(NO_COMMAND, "interrupted");
    }
  }
}
