package dev.jiggety.agent.result.pack;

import dev.jiggety.agent.store.Databases;
import dev.jiggety.document.DatabaseNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Packs from time to time, on a thread of its own, until it is closed. What fails is said once and
 * done again. Every method may be called from any thread.
 */
public final class PackLoop implements AutoCloseable {
  private static final Logger LOG = System.getLogger(PackLoop.class.getName());
  private static final Duration TURN = Duration.ofSeconds(20);
  private static final Duration LAST = Duration.ofSeconds(10);

  private final Packer packer;
  private final InstantSource clock;
  private final Supplier<Instant> unfinished;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private final Thread thread;
  private boolean closed;
  private volatile String trouble = "";
  private volatile Map<String, Long> toPurge = Map.of();

  private PackLoop(Packer packer, InstantSource clock, Supplier<Instant> unfinished) {
    this.packer = packer;
    this.clock = clock;
    this.unfinished = unfinished;
    this.thread = Thread.ofPlatform().daemon().name("packs").unstarted(this::loop);
  }

  /**
   * What a node packs.
   *
   * @param node its name
   * @param databases its replicas
   * @param hub its packs at the hub
   * @param unfinished the planned time of the oldest run that is going on; the far future for none
   */
  public record Source(
      String node,
      Databases databases,
      DatabaseNames names,
      PackShelf hub,
      InstantSource clock,
      Supplier<Instant> unfinished) {}

  /**
   * Begins to pack.
   *
   * @param file the ledger, made anew if there is none; a damaged one is set aside, and the packs
   *     of what it held are made again of the batches that are still here
   * @throws UncheckedIOException with one line that names the file, when it cannot be opened
   */
  public static PackLoop start(Path file, Source source) {
    Instant now = source.clock().instant();
    try {
      Packer packer =
          new Packer(
              source.node(),
              source.databases(),
              source.names(),
              open(file, now),
              source.hub(),
              now);
      PackLoop loop = new PackLoop(packer, source.clock(), source.unfinished());
      loop.thread.start();
      return loop;
    } catch (SQLException | IOException e) {
      throw new UncheckedIOException(
          "cannot open "
              + file
              + ": "
              + e.getMessage()
              + "; see that the disk has room and the file may be written",
          new IOException(e));
    }
  }

  private static Ledger open(Path file, Instant now) throws SQLException, IOException {
    try {
      return Ledger.open(file);
    } catch (SQLException e) {
      if (!Files.exists(file) || !Ledger.isDamage(e)) {
        throw e;
      }
      Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + now.toEpochMilli());
      LOG.log(Level.ERROR, file + " is damaged; it is kept as " + aside, e);
      Files.move(file, aside);
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-wal"));
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
      return Ledger.open(file);
    }
  }

  /** Up to which local sequence the batches of a live database may go: they wait in the ledger. */
  public long collectedUpTo(String database) {
    return packer.collectedUpTo(database);
  }

  /** Whether everything measured in a span is packed; false when that cannot be told now. */
  public boolean isPacked(Instant from, Instant to) {
    if (!lock.tryLock()) {
      return false; // it is at it
    }
    try {
      return !closed && !packer.waits(from, to);
    } catch (SQLException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does something while nothing is packed, so that no pack is made behind its back.
   *
   * @return false, and nothing was done, where something is being packed now
   */
  public boolean whilePaused(Runnable work) {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      work.run();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Drops old packs that the hub has, soon: up to which sequence, by database. */
  public void purge(Map<String, Long> pushed) {
    toPurge = Map.copyOf(pushed);
  }

  /** What is wrong, one line; empty when nothing is. */
  public String trouble() {
    return trouble;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      wake.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (thread.join(LAST)) {
        packer.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "the ledger of packs did not close well: {0}", e.getMessage());
    }
  }

  private void loop() {
    lock.lock();
    try {
      while (!closed) {
        try {
          Instant now = clock.instant();
          packer.turn(now, unfinished.get());
          packer.purge(toPurge, now);
          toPurge = Map.of();
          recovered();
        } catch (SQLException | RuntimeException e) {
          failed(e);
        }
        if (!closed) {
          wake.await(TURN.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      // the process ends
    } finally {
      lock.unlock();
    }
  }

  private void failed(Exception e) {
    if (trouble.isEmpty()) {
      LOG.log(Level.ERROR, "results cannot be packed now; it is tried again", e);
    }
    trouble = "results cannot be packed: " + e.getMessage();
  }

  private void recovered() {
    if (!trouble.isEmpty()) {
      LOG.log(Level.INFO, "results are packed again");
      trouble = "";
    }
  }
}
