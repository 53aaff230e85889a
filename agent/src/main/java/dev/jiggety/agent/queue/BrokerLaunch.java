package dev.jiggety.agent.queue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.jspecify.annotations.Nullable;

/** Starts and stops one life of Artemis' server, which cannot be started a second time. */
final class BrokerLaunch {
  /** For a journal to be read. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private BrokerLaunch() {}

  /**
   * Starts a server.
   *
   * @param broken told when its disk has failed; the server stops itself after that
   * @throws QueueException when it does not start
   */
  static ActiveMQServer start(
      BrokerConfig config, int number, BiConsumer<ActiveMQServer, Throwable> broken) {
    ActiveMQServer server =
        new ActiveMQServerImpl(
            BrokerSettings.of(config, number),
            config
                .listener()
                .flatMap(BrokerConfig.Listener::credentials)
                .map(BrokerSecurity::new)
                .orElse(null));
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    AtomicBoolean started = new AtomicBoolean();
    server.registerActivationFailureListener(cause -> failure.compareAndSet(null, cause));
    server.registerIOCriticalErrorListener((cause, _, _) -> {
      if (started.get()) {
        broken.accept(server, cause);
      } else {
        failure.compareAndSet(null, cause);
      }
    });
    try {
      server.start();
      boolean up = awaitActivation(server, failure);
      started.set(true);
      Throwable cause = failure.get();
      if (!up || cause != null || !server.isActive()) {
        stop(server);
        throw Faults.notStarted(config, cause);
      }
      return server;
    } catch (QueueException e) {
      throw e;
    } catch (Exception e) {
      stop(server);
      throw Faults.notStarted(config, failure.get() == null ? e : failure.get());
    }
  }

  /** A failed activation tells its listener, but ends no waiting. */
  private static boolean awaitActivation(
      ActiveMQServer server, AtomicReference<@Nullable Throwable> failure)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean up = false;
    while (!up && failure.get() == null && System.nanoTime() < end) {
      up = server.waitForActivation(50, TimeUnit.MILLISECONDS);
    }
    return up;
  }

  /** Stops it; harmless when it has stopped. */
  static void stop(ActiveMQServer server) {
    try {
      server.stop();
    } catch (Exception e) {
      System.getLogger(BrokerLaunch.class.getName())
          .log(System.Logger.Level.DEBUG, "the broker does not stop in order", e);
    }
  }
}
