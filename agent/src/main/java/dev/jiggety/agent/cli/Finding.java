package dev.jiggety.agent.cli;

import java.util.Locale;

/**
 * One thing that the doctor looked at.
 *
 * @param what the thing
 * @param text how it is, and what to do when it is not well
 */
record Finding(String what, Grade grade, String text) {

  /** How well it is. */
  enum Grade {
    GOOD,
    /** Works, and deserves a look. */
    ODD,
    BAD,
    NO_HUB;

    /** The name in JSON. */
    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  int exitCode() {
    return switch (grade) {
      case GOOD, ODD -> ExitCode.FINE;
      case BAD -> ExitCode.BAD;
      case NO_HUB -> ExitCode.HUB;
    };
  }
}
