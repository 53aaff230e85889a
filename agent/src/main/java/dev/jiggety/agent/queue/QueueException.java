package dev.jiggety.agent.queue;

import org.jspecify.annotations.Nullable;

/** The queue cannot be used. One line for people: which broker, what, and what to do. */
public final class QueueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public QueueException(String message) {
    super(message);
  }

  public QueueException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
