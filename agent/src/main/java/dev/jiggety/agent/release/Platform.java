package dev.jiggety.agent.release;

import java.util.Locale;

/** What a program is made for. */
public final class Platform {
  private Platform() {}

  /** This machine's, like {@code linux-x64}. */
  public static String here() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static String of(String system, String processor) {
    String os = system.toLowerCase(Locale.ROOT);
    String cpu = processor.toLowerCase(Locale.ROOT);
    return (os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "macos" : "linux")
        + "-"
        + switch (cpu) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64", "arm64" -> "aarch64";
          default -> cpu.replaceAll("[^a-z0-9_]", "");
        };
  }
}
