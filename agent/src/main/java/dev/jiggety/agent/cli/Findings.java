package dev.jiggety.agent.cli;

import dev.jiggety.agent.cli.Finding.Grade;
import java.util.ArrayList;
import java.util.List;

/** What the doctor has found so far, in order. Not thread-safe. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  void good(String what, String text) {
    add(Grade.GOOD, what, text);
  }

  /** Works, and deserves a look. */
  void odd(String what, String text) {
    add(Grade.ODD, what, text);
  }

  void bad(String what, String text) {
    add(Grade.BAD, what, text);
  }

  void add(Grade grade, String what, String text) {
    all.add(new Finding(what, grade, text));
  }

  List<Finding> all() {
    return List.copyOf(all);
  }
}
