package dev.jiggety.agent.store;

import dev.jiggety.agent.store.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees to it that one object in one process has a store open for writing: a lock of the operating
 * system on a file of its own beside it, which ends with the process however that ends. SQLite's
 * own locks stay free, so the {@code sqlite3} program can read along.
 */
final class StoreLock implements AutoCloseable {

  // The system's lock counts by process, and closing a second channel on the file would free it;
  // so within the process this set decides, before the file is touched.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path key;
  private final FileChannel channel;

  private StoreLock(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /**
   * Takes the lock or fails at once.
   *
   * @param lockFile made if there is none, and left behind
   * @param what the thing locked, for the message
   * @throws StoreException LOCKED
   */
  static StoreLock take(Path lockFile, Path what) throws IOException {
    var key = lockFile.toAbsolutePath().normalize();
    if (!HELD.add(key)) {
      throw new StoreException(Kind.LOCKED, what + ": already open in this process");
    }
    try {
      var channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = null;
      try {
        lock = channel.tryLock();
      } finally {
        if (lock == null) {
          channel.close();
        }
      }
      if (lock == null) {
        throw new StoreException(
            Kind.LOCKED, what + ": in use by another process; end that one or use another folder");
      }
      return new StoreLock(key, channel);
    } catch (IOException | RuntimeException e) {
      HELD.remove(key);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(key);
    }
  }
}
