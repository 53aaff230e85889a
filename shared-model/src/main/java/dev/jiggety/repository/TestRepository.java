package dev.jiggety.repository;

import dev.jiggety.document.Stored;
import dev.jiggety.model.TestDefinition;
import java.util.List;
import java.util.Optional;

/**
 * Reads the tests that are in force. Safe for any thread; each call asks the hub and throws {@link
 * HubException} when it cannot.
 */
public interface TestRepository {

  /** All tests that can be read, by id, and what is wrong with the others. */
  Tests all();

  /** One test; empty when there is none. */
  Optional<Stored<TestDefinition>> find(String testId);

  /**
   * What the configuration holds.
   *
   * @param tests in the order of their ids
   * @param unreadable one line for each document that looks like a test and cannot be read
   */
  record Tests(List<Stored<TestDefinition>> tests, List<String> unreadable) {
    public Tests {
      tests = List.copyOf(tests);
      unreadable = List.copyOf(unreadable);
    }
  }
}
