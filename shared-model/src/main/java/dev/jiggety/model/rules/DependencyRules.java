package dev.jiggety.model.rules;

import dev.jiggety.base.Problem;
import dev.jiggety.model.TestDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/** What tests may depend on: tests that there are, and never themselves by way of others. */
public final class DependencyRules {
  private static final int MOST = 20;

  private DependencyRules() {}

  static void check(TestDefinition test, List<Problem> problems) {
    if (test.depends().size() > MOST) {
      problems.add(new Problem("depends", "names more than " + MOST + " tests"));
    }
    for (String parent : test.depends()) {
      if (!TestRules.ID.matcher(parent).matches()) {
        problems.add(new Problem("depends", "\"" + parent + "\" cannot be the id of a test"));
      } else if (parent.equals(test.id())) {
        problems.add(new Problem("depends", "a test cannot depend on itself"));
      }
    }
  }

  /**
   * What is wrong with the dependencies of all tests together.
   *
   * @param depends by the id of each test that depends on others, the ids of these
   * @param tests the ids of all tests
   * @return with the id of the test as place
   */
  public static List<Problem> problems(
      SortedMap<String, ? extends SortedSet<String>> depends, Set<String> tests) {
    List<Problem> problems = new ArrayList<>();
    depends.forEach((test, parents) -> {
      for (String parent : parents) {
        if (!tests.contains(parent)) {
          problems.add(
              new Problem(
                  test + ".depends",
                  "\""
                      + parent
                      + "\" is no test; take it out, or bring the test in by the same patch"));
        }
      }
    });
    Set<String> done = new HashSet<>();
    for (String test : depends.keySet()) {
      walk(test, depends, new LinkedHashSet<>(), done, problems);
    }
    return problems;
  }

  /** Depth is bounded by the number of tests in a chain that nobody would write by hand. */
  private static void walk(
      String test,
      SortedMap<String, ? extends SortedSet<String>> depends,
      SequencedSet<String> path,
      Set<String> done,
      List<Problem> problems) {
    SortedSet<String> parents = depends.get(test);
    if (parents == null || done.contains(test)) {
      return;
    }
    path.add(test);
    for (String parent : parents) {
      if (path.contains(parent)) {
        List<String> circle = new ArrayList<>(path);
        circle = circle.subList(circle.indexOf(parent), circle.size());
        problems.add(
            new Problem(
                parent + ".depends",
                "depends on itself: " + String.join(" → ", circle) + " → " + parent));
      } else {
        walk(parent, depends, path, done, problems);
      }
    }
    path.remove(test);
    done.add(test);
  }
}
