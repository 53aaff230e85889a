package dev.jiggety.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees to it that one object in one process uses something: a lock of the operating system on a
 * file, which ends with the process however that ends. Safe for any thread.
 */
public final class ProcessLock implements AutoCloseable {
  // The system's lock counts by process, and closing a second channel on the file would free it;
  // so within the process this set decides, before the file is touched.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path key;
  private final FileChannel channel;

  private ProcessLock(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /** Somebody else has it. */
  public static final class TakenException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean here;

    TakenException(Path file, boolean here) {
      super(file + " is locked");
      this.here = here;
    }

    /** Whether it is somebody in this very process. */
    public boolean isHere() {
      return here;
    }
  }

  /**
   * Takes the lock or fails at once.
   *
   * @param file made if there is none, and left behind; its folder has to be there
   * @throws TakenException when somebody else has it
   * @throws IOException when the file cannot be made or locked
   */
  public static ProcessLock take(Path file) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = Objects.requireNonNull(absolute.getParent(), "a file in no folder");
    Path key = folder.toRealPath().resolve(absolute.getFileName());
    if (!HELD.add(key)) {
      throw new TakenException(file, true);
    }
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = null;
      try {
        lock = channel.tryLock();
      } finally {
        if (lock == null) {
          channel.close();
        }
      }
      if (lock == null) {
        throw new TakenException(file, false);
      }
      return new ProcessLock(key, channel);
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
