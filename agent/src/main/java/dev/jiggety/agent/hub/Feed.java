package dev.jiggety.agent.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One client that listens to a database. Its {@link FeedGroup}'s thread alone touches it, but for
 * the end of a write, which may come from any thread.
 */
final class Feed {
  private final FeedSink sink;
  private final ChangesShape shape;
  private final FeedDress dress;
  private final Pulse pulse;
  private long position;
  private long left;
  private long seenCommit = -1;
  private boolean behind = true;
  private long lastRowAt = System.nanoTime();
  private long lastWriteAt = lastRowAt;
  private boolean ended;
  private final AtomicReference<@Nullable ByteBuffer> farewell = new AtomicReference<>();
  private volatile boolean writing;
  private volatile @Nullable Throwable failure;

  /**
   * When something is sent though nothing changed.
   *
   * @param heartbeat time between two empty lines; zero for none
   * @param timeout without heartbeat: how long to wait for a change before the feed ends
   */
  record Pulse(Duration heartbeat, Duration timeout) {}

  /**
   * A listener.
   *
   * @param position the sequence after which it wants to hear
   * @param limit most rows
   */
  Feed(FeedSink sink, ChangesShape shape, FeedDress dress, long position, long limit, Pulse pulse) {
    this.sink = sink;
    this.shape = shape;
    this.dress = dress;
    this.position = position;
    this.left = limit;
    this.pulse = pulse;
  }

  /** Sends the head of the answer, so that the client knows it is connected. */
  void begin(Runnable wake) {
    write(dress.head(), wake);
  }

  ChangesShape shape() {
    return shape;
  }

  FeedDress dress() {
    return dress;
  }

  long position() {
    return position;
  }

  /** Most rows that it wants at once. */
  long most(long page) {
    return Math.min(page, left);
  }

  /** Whether it is over, by us or by the client. */
  boolean over() {
    return ended || failure != null;
  }

  /** Whether it can take more now. */
  boolean ready() {
    return !writing && !over();
  }

  /** Whether there may be rows that it has not been given, as of this commit. */
  boolean wants(long commit) {
    return behind || seenCommit < commit;
  }

  /**
   * Gives it rows.
   *
   * @param commit the commit up to which they were read
   */
  void take(FeedBatch batch, long commit, Runnable wake) {
    seenCommit = commit;
    behind = batch.more();
    position = batch.lastSeq();
    if (batch.rows() == 0) {
      return;
    }
    left -= batch.rows();
    lastRowAt = System.nanoTime();
    if (!dress.goesOn()) {
      ended = true;
      sink.end(batch.text());
    } else {
      write(batch.text(), wake);
    }
  }

  /** Whether it has had all the rows that it asked for. */
  boolean satisfied() {
    return left == 0;
  }

  private void write(ByteBuffer text, Runnable wake) {
    lastWriteAt = System.nanoTime();
    writing = true;
    sink.write(
        text,
        problem -> {
          failure = problem;
          writing = false;
          sayFarewell();
          wake.run();
        });
  }

  /** Sends a heartbeat if it is time; true if the feed has waited long enough and is to end. */
  boolean tick(long now, Runnable wake) {
    if (!pulse.heartbeat.isZero()) {
      if (now - lastWriteAt >= pulse.heartbeat.toNanos()) {
        write(dress.heartbeat(), wake);
      }
      return false;
    }
    return now - lastRowAt >= pulse.timeout.toNanos();
  }

  /** Whether its client has left unread for too long what it was sent. */
  boolean isStuck(long now, long patienceNanos) {
    return writing && now - lastWriteAt > patienceNanos;
  }

  /** Nanoseconds until {@link #tick} or {@link #isStuck} has something to do. */
  long restNanos(long now, long patienceNanos) {
    if (writing) {
      return patienceNanos - (now - lastWriteAt);
    }
    return pulse.heartbeat.isZero()
        ? pulse.timeout.toNanos() - (now - lastRowAt)
        : pulse.heartbeat.toNanos() - (now - lastWriteAt);
  }

  /** Ends it in order, as soon as what was written last has left. */
  void end(String lastSeq, long pending) {
    if (over()) {
      return;
    }
    ended = true;
    farewell.set(dress.tail(lastSeq, pending));
    if (!writing) {
      sayFarewell();
    }
  }

  /** Whether its end waits for a client that does not read. */
  boolean isLeaving() {
    return farewell.get() != null;
  }

  private void sayFarewell() {
    var text = farewell.getAndSet(null);
    var problem = failure;
    if (text != null && problem != null) {
      sink.cut(problem);
    } else if (text != null) {
      sink.end(text);
    }
  }

  /** Waits no longer for the client. */
  void giveUp() {
    if (farewell.getAndSet(null) != null) {
      sink.cut(new IOException("the feed was closed"));
    }
  }

  /** Cuts the connection. */
  void cut(Throwable cause) {
    if (!over()) {
      ended = true;
      sink.cut(cause);
    }
  }

  /** After a failed write: lets go of the request. */
  void release() {
    var problem = failure;
    if (problem != null && !ended) {
      ended = true;
      sink.cut(problem);
    }
  }
}
