package dev.jiggety.agent.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for what a browser must have on disk; it goes with the browser. */
public record BrowserFolder(Path path) implements AutoCloseable {
  private static final Logger LOG = System.getLogger(BrowserFolder.class.getName());

  /** Makes one among the temporary files. */
  public static BrowserFolder create() throws IOException {
    return new BrowserFolder(Files.createTempDirectory("jiggety-browser"));
  }

  /**
   * Deletes it. Processes of a browser may still be writing while they end; what stays because of
   * that is no reason to doubt what was measured.
   */
  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.DEBUG, "{0} is not deleted: {1}", path, e.getMessage());
    }
  }
}
