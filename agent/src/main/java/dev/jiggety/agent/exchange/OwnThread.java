package dev.jiggety.agent.exchange;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * What the system knows of the current thread. A virtual thread has no such account of its own: of
 * it nothing is known.
 */
final class OwnThread {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean TELLS_CPU = THREADS.isCurrentThreadCpuTimeSupported();

  /** The file stays open as long as the thread, for opening it costs ten times as much as it. */
  private static final ThreadLocal<@Nullable Account> ACCOUNT =
      ThreadLocal.withInitial(Account::open);

  private OwnThread() {}

  /** How long it has computed, in nanoseconds; 0 where nobody tells. */
  static long cpu() {
    return TELLS_CPU && !Thread.currentThread().isVirtual() ? THREADS.getCurrentThreadCpuTime() : 0;
  }

  /**
   * How long it was ready to run and waited for a processor, in nanoseconds; 0 where nobody tells,
   * which is everywhere but on Linux.
   */
  static long queued() {
    if (Thread.currentThread().isVirtual()) {
      return 0;
    }
    Account account = ACCOUNT.get();
    return account == null ? 0 : account.queued();
  }

  /**
   * {@code /proc/thread-self/schedstat}: time on a processor, time in the queue for one, slices.
   */
  private static final class Account {
    private static final String FILE = "/proc/thread-self/schedstat";

    private final RandomAccessFile file;
    private final byte[] text = new byte[96];

    private Account(RandomAccessFile file) {
      this.file = file;
    }

    private static @Nullable Account open() {
      try {
        return new Account(new RandomAccessFile(FILE, "r"));
      } catch (IOException e) {
        return null; // not Linux
      }
    }

    private long queued() {
      try {
        file.seek(0);
        int length = file.read(text);
        int at = 0;
        while (at < length && text[at] != ' ') {
          at++;
        }
        long value = 0;
        for (at++; at < length && text[at] >= '0' && text[at] <= '9'; at++) {
          value = value * 10 + (text[at] - '0');
        }
        return value;
      } catch (IOException e) {
        return 0;
      }
    }
  }
}
