package dev.jiggety.document.yaml;

import dev.jiggety.model.TestDefinition;
import java.nio.file.Path;
import java.util.List;

/**
 * What a file holds.
 *
 * @param tests those without a problem, in the order of the file
 * @param problems everything that is wrong, in the order of the file
 */
public record TestFile(Path path, List<Entry> tests, List<YamlProblem> problems) {

  public TestFile {
    tests = List.copyOf(tests);
    problems = List.copyOf(problems);
  }

  /**
   * A test and where it begins.
   *
   * @param line from 1
   */
  public record Entry(TestDefinition test, int line) {}
}
