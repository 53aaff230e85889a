package dev.jiggety.agent.browser;

import dev.jiggety.model.Failure;

/** What was asked for did not come about; says why in the terms of a sample. */
public final class BrowserException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  /** With what goes into the sample. */
  public BrowserException(Failure failure) {
    super(failure.text());
    this.failure = failure;
  }

  /** Why. */
  public Failure failure() {
    return failure;
  }
}
