package dev.jiggety.agent.probe.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for the browser that goes with it. */
record Folder(Path path) implements AutoCloseable {

  static Folder create() throws IOException {
    return new Folder(Files.createTempDirectory("jiggety-page"));
  }

  /** Processes of a browser may still be writing while they end, so what is gone is gone. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (NoSuchFileException e) {
      // Somebody else has taken it away.
    }
  }
}
