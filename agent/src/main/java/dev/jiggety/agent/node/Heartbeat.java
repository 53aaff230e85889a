package dev.jiggety.agent.node;

import dev.jiggety.model.NodeStatus;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.NodeRepository;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Reports the node's status to the hub, again and again; the hub may be away. */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Heartbeat.class.getName());

  /** So that news in a row make one report. */
  private static final Duration CALM = Duration.ofMillis(500);

  /** After a refusal; CouchDB locks out whoever tries wrong credentials too often. */
  private static final Duration DENIED = Duration.ofMinutes(2);

  private final NodeRepository nodes;
  private final Supplier<NodeStatus> status;
  private final Duration every;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Semaphore news = new Semaphore(1);
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private boolean away;
  private boolean denied;

  Heartbeat(NodeRepository nodes, Supplier<NodeStatus> status, Duration every) {
    this.nodes = nodes;
    this.status = status;
    this.every = every;
    this.thread = Thread.ofVirtual().name("heartbeat").start(this::loop);
  }

  /** There is something that people wait for. */
  void soon() {
    news.release();
  }

  /** Reports a last time, if the hub is there. */
  @Override
  public void close() {
    closing.countDown();
    news.release();
    try {
      if (!thread.join(Duration.ofSeconds(3))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    try {
      while (closing.getCount() > 0) {
        long millis = every.toMillis() + random.nextLong(every.toMillis() / 3 + 1);
        if (news.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
        report();
        Duration pause = denied ? DENIED : CALM;
        if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          break;
        }
      }
      report();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // told to stop
    }
  }

  private void report() {
    if (closing.getCount() == 0 && away) {
      return; // nobody would hear it, and somebody waits for the end
    }
    try {
      nodes.report(status.get());
      if (away) {
        LOG.log(Level.INFO, "the hub hears this node again");
      }
      away = false;
      denied = false;
    } catch (HubException e) {
      if (!away) {
        LOG.log(Level.WARNING, "the hub does not hear this node: {0}", e.getMessage());
      }
      away = true;
      denied = e.kind() == HubException.Kind.UNAUTHORIZED;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the status could not be reported", e);
    }
  }
}
