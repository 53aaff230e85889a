package dev.jiggety.agent.judge;

import dev.jiggety.model.Failure;

/** What came of a capture. */
public sealed interface Captured {

  /**
   * It was there.
   *
   * @param name what later texts call it: {@code ${name}}
   * @param secret whether it is masked wherever it would be shown
   */
  record Found(String name, String text, boolean secret) implements Captured {}

  /** It was not, and so the sample fails. */
  record Missing(Failure failure) implements Captured {}
}
