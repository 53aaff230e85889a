package dev.jiggety.desktop.system;

import dev.jiggety.desktop.program.Program;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small program that comes with the system.
 *
 * @param program what is called
 * @param patience how long it may take: a key store may ask a person to unlock it
 */
record Tool(Program program, Duration patience) {
  private static final Duration FOR_A_PERSON = Duration.ofMinutes(2);

  /** It, where it is on the path. */
  static Optional<Tool> find(String name, Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", "");
    return List.of(path.split(File.pathSeparator, -1)).stream()
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(file -> new Tool(new Program(file), FOR_A_PERSON));
  }

  /** The same with other patience. */
  Tool within(Duration time) {
    return new Tool(program, time);
  }

  /**
   * Calls it.
   *
   * @param arguments anybody on this computer can read them
   * @param input for its standard input, where secrets belong
   */
  Program.Result call(List<String> arguments, String input) throws IOException {
    try {
      return program.call(arguments, input, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(name() + " was interrupted");
    }
  }

  /**
   * Calls it, and what it wrote.
   *
   * @throws IOException when it fails, with what it said
   */
  String ask(List<String> arguments, String input) throws IOException {
    Program.Result result = call(arguments, input);
    if (result.exit() != 0) {
      String said = result.errors().strip().lines().findFirst().orElse("it says nothing");
      throw new IOException(name() + " failed: " + said);
    }
    return result.out();
  }

  private String name() {
    return String.valueOf(program.executable().getFileName());
  }
}
