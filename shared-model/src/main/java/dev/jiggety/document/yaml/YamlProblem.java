package dev.jiggety.document.yaml;

import dev.jiggety.base.Problem;
import java.nio.file.Path;

/**
 * Something wrong in a file. Prints as editors and terminals understand it: {@code
 * tests/shop.yaml:7:10: schedule.cron: …}.
 *
 * @param line from 1
 * @param column from 1
 */
public record YamlProblem(Path file, int line, int column, Problem problem) {

  /** The same as a problem whose place begins with file, line and column. */
  public Problem asProblem() {
    String position = file + ":" + line + ":" + column;
    return new Problem(
        problem.place().isEmpty() ? position : position + ": " + problem.place(),
        problem.message());
  }

  @Override
  public String toString() {
    return asProblem().toString();
  }
}
