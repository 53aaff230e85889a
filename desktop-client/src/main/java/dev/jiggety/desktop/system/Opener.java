package dev.jiggety.desktop.system;

import java.io.IOException;
import java.nio.file.Path;
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
    String command =
        switch (Os.of(os)) {
          case LINUX -> "xdg-open";
          case MAC -> "open";
          case WINDOWS -> "explorer.exe";
        };
    return Tool.find(command, environment)
        .<Opener>map(tool -> file -> start(tool.program().builder(List.of(file.toString()))))
        .orElse(NONE);
  }

  /**
   * Nobody waits for its end: it can be the program itself that shows the file, for as long as a
   * person looks at it. Its exit code tells nothing anyhow: that of explorer is always 1.
   */
  private static void start(ProcessBuilder builder) throws IOException {
    builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .getOutputStream()
        .close();
  }
}
