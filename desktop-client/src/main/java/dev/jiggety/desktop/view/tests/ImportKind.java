package dev.jiggety.desktop.view.tests;

import java.util.Locale;
import java.util.Optional;

/** Whose file it is, told by what stands in it and not by its name. Pure. */
public enum ImportKind {
  CURL,
  HAR,
  KUMA,
  GATUS,
  BLACKBOX;

  /** The word for it on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of a text; empty for what nobody knows. */
  static Optional<ImportKind> of(String text) {
    String start = text.strip();
    if (start.startsWith("curl ") || start.startsWith("curl.exe ")) {
      return Optional.of(CURL);
    }
    if (start.startsWith("{")) {
      return start.contains("\"monitorList\"")
          ? Optional.of(KUMA)
          : start.contains("\"entries\"") && start.contains("\"log\"")
              ? Optional.of(HAR)
              : Optional.empty();
    }
    return hasLine(start, "endpoints:")
        ? Optional.of(GATUS)
        : hasLine(start, "modules:") ? Optional.of(BLACKBOX) : Optional.empty();
  }

  private static boolean hasLine(String text, String beginning) {
    return text.lines().anyMatch(line -> line.startsWith(beginning));
  }
}
