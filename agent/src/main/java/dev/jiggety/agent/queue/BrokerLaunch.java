package dev.jiggety.agent.queue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.jspecify.annotations.Nullable;

/** Starts and stops one life of Artemis' server, which cannot be started a second time. */
final class BrokerLaunch {
  private static final long PATIENCE = 30; // s, for a journal to be read

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
      boolean up = server.waitForActivation(PATIENCE, TimeUnit.SECONDS);
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
