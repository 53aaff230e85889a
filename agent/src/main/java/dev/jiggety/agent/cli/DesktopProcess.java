package dev.jiggety.agent.cli;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The desktop program as a process of its own, for as long as a demo runs. */
record DesktopProcess(@Nullable Process process) implements AutoCloseable {
  private static final Logger LOG = System.getLogger(DesktopProcess.class.getName());

  /** Names the file with the operator's key. */
  private static final String OPERATOR_KEY = "JIGGETY_KEY";

  /** No desktop. */
  static final DesktopProcess NONE = new DesktopProcess(null);

  /**
   * Opens it, where there is a display and a launcher to open it with.
   *
   * @param operatorKey the file with the key that it signs patches with
   */
  static DesktopProcess open(URI hub, Path operatorKey) {
    String launcher = System.getProperty("jiggety.launcher");
    if (launcher == null || !hasDisplay()) {
      return NONE;
    }
    try {
      ProcessBuilder desktop =
          new ProcessBuilder(launcher, "desktop", "--hub", hub.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      desktop.environment().put(OPERATOR_KEY, operatorKey.toAbsolutePath().toString());
      return new DesktopProcess(desktop.start());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the desktop could not be opened: {0}", e.getMessage());
      return NONE;
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
    }
  }

  private static boolean hasDisplay() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return os.contains("win")
        || os.contains("mac")
        || System.getenv("DISPLAY") != null
        || System.getenv("WAYLAND_DISPLAY") != null;
  }
}
