package dev.jiggety.agent.hub;

import java.nio.ByteBuffer;
import java.time.Duration;
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

  /** Nanoseconds until {@link #tick} has something to do. */
  long restNanos(long now) {
    return pulse.heartbeat.isZero()
        ? pulse.timeout.toNanos() - (now - lastRowAt)
        : pulse.heartbeat.toNanos() - (now - lastWriteAt);
  }

  /** Ends it in order. */
  void end(String lastSeq, long pending) {
    if (over()) {
      return;
    }
    ended = true;
    if (writing) {
      // Its last write is stuck on a client that does not read: there is no room for a farewell.
      sink.cut(new java.io.IOException("the feed was closed"));
      return;
    }
    sink.end(dress.tail(lastSeq, pending));
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
