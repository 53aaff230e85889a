package dev.jiggety.agent.importing;

import dev.jiggety.base.Problem;
import dev.jiggety.model.TestDefinition;
import java.util.List;

/**
 * What came out of an import.
 *
 * @param tests every one of them can run
 * @param left what was not carried over, or not as it was, and where it stood
 */
public record Imported(List<TestDefinition> tests, List<Problem> left) {
  public Imported {
    tests = List.copyOf(tests);
    left = List.copyOf(left);
  }
}
