package dev.jiggety.agent.importing;

import dev.jiggety.base.Problem;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.TestRules;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Collects what an import finds. Not thread-safe. */
final class Harvest {
  private static final int LONGEST_ID = 56;
  private static final int LONGEST_NAME = 200;

  private final List<TestDefinition> tests = new ArrayList<>();
  private final List<Problem> left = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  /** Says that something is not carried over, and what to do instead. */
  void leave(String place, String why) {
    Problem problem = new Problem(place, why);
    if (!left.contains(problem)) {
      left.add(problem);
    }
  }

  /** Takes a test, unless it could not run: then it is left, with the reasons. */
  void take(String place, TestDefinition test) {
    List<Problem> problems = TestRules.problems(test);
    if (problems.isEmpty()) {
      tests.add(test);
      return;
    }
    ids.remove(test.id());
    problems.forEach(problem -> leave(place, "no test was made of it: " + problem));
  }

  Imported done() {
    return new Imported(tests, left);
  }

  /** A name that has room on one line. */
  static String name(String text) {
    String line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME - 1) + "…";
  }

  /** A free id that reads like the text. */
  String id(String text) {
    String slug =
        Normalizer.normalize(text, Normalizer.Form.NFD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    String base = slug.isEmpty() ? "test" : slug;
    if (base.length() > LONGEST_ID) {
      base = base.substring(0, LONGEST_ID).replaceAll("-+$", "");
    }
    String id = base;
    for (int i = 2; !ids.add(id); i++) {
      id = base + "-" + i;
    }
    return id;
  }
}
