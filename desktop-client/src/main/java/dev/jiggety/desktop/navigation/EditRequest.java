package dev.jiggety.desktop.navigation;

import dev.jiggety.model.TestDefinition;

/** What the editor is opened for. */
public sealed interface EditRequest {
  /** A new test. */
  record Create() implements EditRequest {}

  /**
   * A test that is there.
   *
   * @param rev the revision that the person looked at
   */
  record Edit(TestDefinition test, String rev) implements EditRequest {}

  /** A new test that begins as a copy. */
  record Duplicate(TestDefinition original) implements EditRequest {}
}
