package dev.jiggety.desktop.system;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Opens a file with the program that the system has for its kind. Blocks shortly. */
@FunctionalInterface
public interface Opener {
  /** Cannot open anything, and says so. */
  Opener NONE =
      file -> {
        throw new IOException("nothing here opens files; it is " + file);
      };

  /**
   * Opens it.
   *
   * @throws IOException when nothing could; one line for people
   */
  void open(Path file) throws IOException;

  /** That of this system. */
  static Opener find(String os, Map<String, String> environment) {
    List<String> command =
        switch (Os.of(os)) {
          case LINUX -> List.of("xdg-open");
          case MAC -> List.of("open");
          case WINDOWS -> List.of("explorer.exe");
        };
    return Tool.find(command.getFirst(), environment)
        .map(tool -> tool.within(Duration.ofSeconds(10)))
        .<Opener>map(tool ->
            file -> {
              List<String> arguments = new ArrayList<>(command.subList(1, command.size()));
              arguments.add(file.toString());
              tool.call(arguments, ""); // the exit code tells nothing: explorer's is always 1
            })
        .orElse(NONE);
  }
}
