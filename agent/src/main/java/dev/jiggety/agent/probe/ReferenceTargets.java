package dev.jiggety.agent.probe;

import dev.jiggety.base.HostAndPort;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Asks the installation's reference targets whether one of them can be connected to, by TCP. All at
 * once, at most {@link #PATIENCE} long, and only when a measurement has failed; while a site is
 * down the answer is shared for a moment, so that the targets are not asked for each test. Without
 * targets a node is never cut off. Safe for any thread.
 */
public final class ReferenceTargets implements Outlook {
  private static final Logger LOG = System.getLogger(ReferenceTargets.class.getName());

  /** A target that needs longer is no help. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration REMEMBERED = Duration.ofSeconds(1);

  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile List<HostAndPort> targets = List.of();
  private Answer last = new Answer(List.of(), false, 0);
  private boolean wasCutOff;

  /** What came of asking. */
  private record Answer(List<HostAndPort> asked, boolean reached, long at) {}

  /** Without targets. */
  public ReferenceTargets() {
    this(System::nanoTime);
  }

  ReferenceTargets(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Asks these from now on. */
  public void use(List<HostAndPort> wanted) {
    targets = List.copyOf(wanted);
  }

  @Override
  public Optional<String> isolation() throws InterruptedException {
    List<HostAndPort> wanted = targets;
    if (wanted.isEmpty() || isReached(wanted)) {
      return Optional.empty();
    }
    return Optional.of(
        "this node reaches none of its reference targets ("
            + wanted.stream()
                .map(target -> HostAndPort.of(target.host(), target.port()))
                .collect(Collectors.joining(", "))
            + ")");
  }

  private boolean isReached(List<HostAndPort> wanted) throws InterruptedException {
    lock.lockInterruptibly(); // who waits here gets the answer that is being made
    try {
      boolean fresh = nanos.getAsLong() - last.at < REMEMBERED.toNanos();
      if (!fresh || !last.asked.equals(wanted)) {
        boolean reached = ask(wanted);
        last = new Answer(wanted, reached, nanos.getAsLong());
        tell(reached);
      }
      return last.reached;
    } finally {
      lock.unlock();
    }
  }

  private void tell(boolean reached) {
    if (reached == wasCutOff) {
      wasCutOff = !reached;
      LOG.log(
          reached ? Level.INFO : Level.WARNING,
          reached
              ? "a reference target answers again"
              : "no reference target answers: failures of the network are this node's own");
    }
  }

  private static boolean ask(List<HostAndPort> wanted) throws InterruptedException {
    AtomicBoolean reached = new AtomicBoolean();
    CountDownLatch open = new CountDownLatch(wanted.size());
    List<Socket> sockets = new ArrayList<>();
    for (HostAndPort target : wanted) {
      Socket socket = new Socket();
      sockets.add(socket);
      Thread.ofVirtual()
          .name("reference")
          .start(() -> {
            if (connects(socket, target)) {
              reached.set(true);
              for (long left = open.getCount(); left > 0; left--) {
                open.countDown(); // one is enough
              }
            } else {
              open.countDown();
            }
          });
    }
    try {
      boolean all = open.await(PATIENCE.toMillis() + 500, TimeUnit.MILLISECONDS);
      if (!all) {
        LOG.log(Level.DEBUG, "looking up reference targets takes too long");
      }
      return reached.get();
    } finally {
      sockets.forEach(ReferenceTargets::close);
    }
  }

  private static boolean connects(Socket socket, HostAndPort target) {
    try (socket) {
      socket.connect(
          new InetSocketAddress(target.host(), target.port()), (int) PATIENCE.toMillis());
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection to a reference target did not close", e);
    }
  }
}
