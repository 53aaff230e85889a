package dev.jiggety.agent.queue;

import dev.jiggety.base.Backoff;
import dev.jiggety.base.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.jspecify.annotations.Nullable;

/**
 * A broker in this process, with its journal on this machine's disk. When the disk fails it stops,
 * since it can confirm nothing any more; it starts again by itself when the disk is fit again. Safe
 * for any thread.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EmbeddedBroker.class.getName());
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final Backoff RESTARTS =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));
  private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");

  private final BrokerConfig config;
  private final int number = NUMBERS.incrementAndGet();
  private final ProcessLock folderLock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock(); // guards server
  private @Nullable ActiveMQServer server;
  private volatile @Nullable String trouble;

  private EmbeddedBroker(BrokerConfig config, ProcessLock folderLock) {
    this.config = config;
    this.folderLock = folderLock;
  }

  /**
   * Starts a broker and returns when it can be used.
   *
   * @throws QueueException when the folder or the port cannot be used
   */
  public static EmbeddedBroker start(BrokerConfig config) {
    BrokerLog.hush();
    Footprint.small();
    ProcessLock folderLock = prepare(config.folder());
    EmbeddedBroker broker = new EmbeddedBroker(config, folderLock);
    try {
      broker.launch();
      return broker;
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  /** Why it is down at the moment, in one line; empty while it works. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** By what number a client in this process reaches it. */
  int number() {
    return number;
  }

  Path folder() {
    return config.folder();
  }

  @Override
  public void close() {
    closing.countDown();
    stop();
    try {
      folderLock.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "cannot close the lock of " + config.folder(), e);
    }
  }

  private static ProcessLock prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(folder, OURS);
      }
      return ProcessLock.take(folder.resolve("in-use")); // the journal's own would be waited for
    } catch (ProcessLock.TakenException e) {
      throw new QueueException(
          "the queue's folder "
              + folder
              + " is in use by a broker in "
              + (e.isHere() ? "this process" : "another process")
              + ": stop that one, use another folder, or reach that one by its URL");
    } catch (IOException e) {
      throw new QueueException(
          "cannot keep the queue in "
              + folder
              + " ("
              + Faults.why(e)
              + "): give a folder that this user may write to",
          e);
    }
  }

  private void launch() {
    refuseWithoutRoom();
    lock.lock();
    try {
      if (closing.getCount() == 0) {
        return;
      }
      config.listener().ifPresent(listener -> CertificateFile.write(listener, config.folder()));
      ActiveMQServer fresh = BrokerLaunch.start(config, number, this::broken);
      server = fresh;
      trouble = null;
    } finally {
      lock.unlock();
    }
  }

  private void refuseWithoutRoom() {
    long room = config.folder().toFile().getUsableSpace();
    if (room < BrokerSettings.LEAST_ROOM) {
      throw new QueueException(Faults.noRoom(config.folder(), room));
    }
  }

  /** The disk has failed; Artemis is about to stop this server. */
  private void broken(ActiveMQServer which, Throwable cause) {
    String reason =
        "the queue in "
            + config.folder()
            + " has stopped since its disk failed ("
            + Faults.why(cause)
            + "); it starts again by itself when that is mended";
    trouble = reason;
    LOG.log(System.Logger.Level.ERROR, reason);
    Thread.ofVirtual().name("queue-restart").start(() -> restart(which));
  }

  private void restart(ActiveMQServer which) {
    for (int attempt = 0; !pause(attempt); attempt++) {
      try {
        BrokerLaunch.stop(which);
        launch();
        LOG.log(System.Logger.Level.INFO, "the queue in {0} works again", config.folder());
        return;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "the queue does not start yet", e);
        trouble = e.getMessage();
      }
    }
  }

  /** Waits before an attempt; whether to give up, since it is being closed. */
  private boolean pause(int attempt) {
    try {
      long millis = RESTARTS.delay(attempt, RandomGenerator.getDefault()).toMillis();
      return closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void stop() {
    lock.lock();
    try {
      if (server != null) {
        BrokerLaunch.stop(server);
      }
      server = null;
    } finally {
      lock.unlock();
    }
  }
}
