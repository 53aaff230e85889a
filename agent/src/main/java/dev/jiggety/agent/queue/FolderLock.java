package dev.jiggety.agent.queue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a second broker away from a folder; the one of the journal would wait for ever. */
final class FolderLock implements AutoCloseable {
  // The system's lock counts by process, and closing a second channel on the file would free it.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path key;
  private final FileChannel channel;

  private FolderLock(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /**
   * Takes the lock or fails at once.
   *
   * @throws QueueException when another one holds it
   */
  static FolderLock take(Path folder) throws IOException {
    Path key = folder.toRealPath();
    if (!HELD.add(key)) {
      throw taken(folder, "this process");
    }
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve("in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = null;
      try {
        lock = channel.tryLock();
      } finally {
        if (lock == null) {
          channel.close();
        }
      }
      if (lock == null) {
        throw taken(folder, "another process");
      }
      return new FolderLock(key, channel);
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

  private static QueueException taken(Path folder, String who) {
    return new QueueException(
        "the queue's folder "
            + folder
            + " is in use by a broker in "
            + who
            + ": stop that one, use another folder, or reach that one by its URL");
  }
}
