package dev.jiggety.agent.exchange;

import dev.jiggety.model.Phase;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Resolves host names on threads of its own. The system's resolver blocks in native code and cannot
 * be interrupted: on a virtual thread it would hold up everybody else's measurements, and it would
 * not end at the timeout. The wait for one of these threads is {@link Phase#BLOCKED}, the name
 * service itself {@link Phase#DNS}.
 */
public final class NameResolver {
  private static final int THREADS = 64;

  private final Lookup lookup;
  private final ThreadPoolExecutor threads;
  private final LongSupplier nanos;

  /** The question itself; may block. */
  @FunctionalInterface
  public interface Lookup {
    /** All addresses of a host, the preferred one first. */
    List<InetAddress> find(String host) throws UnknownHostException;
  }

  /**
   * What was found.
   *
   * @param queued how long the thread that asked waited for a processor, in nanoseconds
   */
  private record Found(List<InetAddress> addresses, long queued) {}

  /** A resolver that asks so. */
  public NameResolver(Lookup lookup, LongSupplier nanos) {
    this.lookup = lookup;
    this.nanos = nanos;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("name-look-up-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  /**
   * That of the machine. Java's own memory of names is switched off, unless somebody has set it:
   * what it remembers would be measured as the name service. This works as long as the process has
   * not looked up a name yet.
   */
  public static NameResolver system(LongSupplier nanos) {
    for (String memory : List.of("networkaddress.cache.ttl", "networkaddress.cache.negative.ttl")) {
      String set = Security.getProperty(memory);
      if (set == null || set.equals("10")) { // 10 is what java.security says of failures
        Security.setProperty(memory, "0");
      }
    }
    return new NameResolver(host -> List.of(InetAddress.getAllByName(host)), nanos);
  }

  /**
   * The addresses of a host, which is a name or an address.
   *
   * @param clock enters {@link Phase#DNS} and comes back to {@link Phase#BLOCKED}
   * @throws UnknownHostException when it does not resolve
   * @throws InterruptedIOException when the time is over
   */
  public List<InetAddress> resolve(String host, Deadline deadline, PhaseClock clock)
      throws IOException {
    try {
      return List.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return look(host, deadline, clock);
    }
  }

  private List<InetAddress> look(String host, Deadline deadline, PhaseClock clock)
      throws IOException {
    CompletableFuture<Long> begun = new CompletableFuture<>();
    CompletableFuture<Found> found = new CompletableFuture<>();
    Runnable question =
        () -> {
          long before = OwnThread.queued();
          begun.complete(nanos.getAsLong());
          try {
            List<InetAddress> addresses = lookup.find(host);
            found.complete(new Found(addresses, OwnThread.queued() - before));
          } catch (UnknownHostException | RuntimeException e) {
            found.completeExceptionally(e);
          }
        };
    threads.execute(question);
    try {
      long start = begun.get(deadline.left(nanos.getAsLong()), TimeUnit.NANOSECONDS);
      clock.enter(Phase.DNS, start);
      Found answer = found.get(deadline.left(nanos.getAsLong()), TimeUnit.NANOSECONDS);
      clock.enter(Phase.BLOCKED, nanos.getAsLong());
      Moments.lateBy(answer.queued());
      return answer.addresses();
    } catch (ExecutionException e) {
      UnknownHostException unknown = new UnknownHostException(host);
      unknown.initCause(e.getCause());
      throw unknown;
    } catch (TimeoutException e) {
      throw new InterruptedIOException("timeout");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      // Nobody waits any more. Left there, they would pile up while a name service hangs, and be
      // asked, one after another, before whoever comes when it is back.
      threads.remove(question);
    }
  }
}
