package dev.jiggety.agent.store;

import dev.jiggety.agent.store.StoreException.Kind;
import dev.jiggety.base.ProcessLock;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One object in one process has a store open for writing: the lock is on a file of its own beside
 * it. SQLite's own locks stay free, so the {@code sqlite3} program can read along.
 */
final class StoreLock {
  private StoreLock() {}

  /**
   * Takes the lock or fails at once.
   *
   * @param lockFile made if there is none, and left behind
   * @param what the thing locked, for the message
   * @throws StoreException LOCKED
   */
  static ProcessLock take(Path lockFile, Path what) throws IOException {
    try {
      return ProcessLock.take(lockFile);
    } catch (ProcessLock.TakenException e) {
      throw new StoreException(
          Kind.LOCKED,
          e.isHere()
              ? what + ": already open in this process"
              : what + ": in use by another process; end that one or use another folder");
    }
  }
}
