package dev.jiggety.base;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * The folder in which a person's programs keep their settings and keys: on Linux by the XDG Base
 * Directory specification, elsewhere where the system wants them.
 */
public final class ConfigFolder {
  private ConfigFolder() {}

  /**
   * The folder; it need not exist.
   *
   * @param osName as in the system property {@code os.name}
   * @param home the user's home folder
   * @param environment the process's environment
   */
  public static Path find(String osName, Path home, Map<String, String> environment) {
    String os = osName.toLowerCase(Locale.ROOT);
    if (os.contains("win")) {
      String roaming = environment.getOrDefault("APPDATA", "");
      return roaming.isEmpty()
          ? home.resolve("AppData").resolve("Roaming").resolve("Jiggety")
          : Path.of(roaming, "Jiggety");
    }
    if (os.contains("mac")) {
      return home.resolve("Library").resolve("Application Support").resolve("Jiggety");
    }
    Path configured = Path.of(environment.getOrDefault("XDG_CONFIG_HOME", ""));
    // The specification asks to ignore a path that is not absolute.
    return (configured.isAbsolute() ? configured : home.resolve(".config")).resolve("jiggety");
  }
}
