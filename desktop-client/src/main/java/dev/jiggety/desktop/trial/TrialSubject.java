package dev.jiggety.desktop.trial;

import dev.jiggety.model.TestDefinition;

/** What is to be tried, asked for at the moment when somebody wants to. */
public sealed interface TrialSubject {
  /** A test that can run. */
  record Ready(TestDefinition test) implements TrialSubject {}

  /**
   * What is typed is no test yet.
   *
   * @param why one line for people
   */
  record NotYet(String why) implements TrialSubject {}
}
