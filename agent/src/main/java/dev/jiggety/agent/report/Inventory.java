package dev.jiggety.agent.report;

import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Window;
import java.util.List;

/**
 * What is configured, as far as pages and reports tell of it.
 *
 * @param tests all tests in force
 * @param windows all maintenance windows in force
 */
public record Inventory(List<TestDefinition> tests, List<Window> windows) {
  public Inventory {
    tests = List.copyOf(tests);
    windows = List.copyOf(windows);
  }
}
