package dev.jiggety.desktop.system;

import java.util.Locale;

/** The families of operating systems, as far as their tools differ. */
enum Os {
  LINUX,
  MAC,
  WINDOWS;

  /** The one that {@code os.name} tells of; what is not known counts as a Unix. */
  static Os of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("mac") ? MAC : lower.startsWith("windows") ? WINDOWS : LINUX;
  }
}
