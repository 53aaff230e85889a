package dev.jiggety.agent.store;

/** The store could not do what was asked; nothing of it was written. The message names the file. */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong, so that a caller can decide without reading words. */
  public enum Kind {
    /** No space left, or the store's own limit is reached. Works again once there is space. */
    FULL,
    /** File or folder may not be written. */
    READ_ONLY,
    /** The file's content is damaged. The next open sets it aside. */
    CORRUPT,
    /** The store was closed or its database deleted. */
    CLOSED,
    /** Another process (or another object in this one) has the file open. */
    LOCKED,
    /** Any other fault of the disk or of SQLite. */
    IO
  }

  private final Kind kind;

  public StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }
}
