package dev.jiggety.agent.slot;

/** What has to survive a restart could not be kept; the message is one line for people. */
public final class SlotStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SlotStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
