package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.ChangesQuery;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoreException;
import dev.jiggety.agent.store.StoreListener;
import dev.jiggety.agent.store.Subscription;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * All who listen to one database. One virtual thread serves them: a commit wakes it once, it reads
 * and encodes the new rows once, and hands the same bytes to everyone. Writes do not block it; who
 * reads slowly gets the next rows when the ones before have left.
 */
final class FeedGroup implements StoreListener {
  private static final System.Logger LOG = System.getLogger(FeedGroup.class.getName());

  /** Heartbeats are this exact, so that a thousand listeners do not wake us a thousand times. */
  private static final long GRAIN = TimeUnit.MILLISECONDS.toNanos(50);

  /** At the end, who does not read has so long to begin. */
  private static final long FAREWELL = TimeUnit.SECONDS.toNanos(1);

  private final DocumentStore store;
  private final long patienceNanos;
  private final Subscription subscription;
  private final Set<Feed> feeds = ConcurrentHashMap.newKeySet();
  private final AtomicLong commits = new AtomicLong();
  private final Runnable wake = this::wake;
  private volatile boolean woken;
  private volatile boolean closing;
  private volatile @Nullable Thread thread;

  /**
   * A group.
   *
   * @param patience see {@link Feeds}
   */
  FeedGroup(DocumentStore store, Duration patience) {
    this.store = store;
    this.patienceNanos = patience.toNanos();
    this.subscription = store.subscribe(this);
  }

  /**
   * Starts the thread.
   *
   * @param whenEmpty called when nobody listens any more
   * @param whenOver called once, at the end; from then on nothing may be added
   */
  void start(Runnable whenEmpty, Runnable whenOver) {
    var serving =
        Thread.ofVirtual()
            .name("hub-feeds-" + store.name())
            .unstarted(() -> loop(whenEmpty, whenOver));
    // Known before it runs: who wakes it must not find nobody.
    thread = serving;
    serving.start();
  }

  /** Serves this feed from now on. */
  void add(Feed feed) {
    feed.begin(wake);
    feeds.add(feed);
    wake();
  }

  int size() {
    return feeds.size();
  }

  boolean isEmpty() {
    return feeds.isEmpty();
  }

  @Override
  public void changed(long seq) {
    commits.incrementAndGet();
    wake();
  }

  /** The database was deleted or the store closed. */
  @Override
  public void closed() {
    close();
  }

  /** Ends all feeds; returns at once. */
  void close() {
    closing = true;
    wake();
  }

  /** Waits until all feeds have been ended. */
  void join() throws InterruptedException {
    var running = thread;
    if (running != null) {
      running.join(TimeUnit.SECONDS.toMillis(2));
    }
  }

  private void wake() {
    woken = true;
    LockSupport.unpark(thread);
  }

  private void loop(Runnable whenEmpty, Runnable whenOver) {
    try {
      while (!closing) {
        woken = false;
        round();
        if (feeds.isEmpty()) {
          whenEmpty.run();
        }
        rest();
      }
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "the feeds of " + store.name() + " were cut", e);
      feeds.forEach(feed -> feed.cut(e));
    } finally {
      whenOver.run();
      subscription.close();
      endAll();
    }
  }

  private void rest() {
    var now = System.nanoTime();
    var wait = TimeUnit.SECONDS.toNanos(60);
    for (var feed : feeds) {
      wait = Math.min(wait, feed.restNanos(now, patienceNanos));
    }
    var until = now + Math.max(wait, GRAIN);
    while (!woken && System.nanoTime() < until) {
      LockSupport.parkNanos(this, until - System.nanoTime());
    }
  }

  /** Gives everybody what is new and what is due. */
  private void round() {
    var commit = commits.get();
    var now = System.nanoTime();
    Map<FeedBatch.Key, FeedBatch> batches = new HashMap<>();
    for (var each = feeds.iterator(); each.hasNext(); ) {
      var feed = each.next();
      try {
        if (feed.ready()) {
          serve(feed, commit, now, batches);
        } else if (feed.isStuck(now, patienceNanos)) {
          feed.cut(new IOException("the client does not read"));
        }
      } catch (CouchError e) {
        // A function that failed, so all in this group use it: each of them would wait for the
        // same.
        feeds.forEach(one -> one.cut(e));
      } catch (StoreException e) {
        if (e.kind() == StoreException.Kind.CLOSED) {
          closing = true;
          return;
        }
        throw e;
      }
      if (feed.over()) {
        feed.release();
        each.remove();
      }
    }
  }

  private void serve(Feed feed, long commit, long now, Map<FeedBatch.Key, FeedBatch> batches) {
    if (feed.wants(commit)) {
      var key =
          new FeedBatch.Key(feed.shape(), feed.dress(), feed.position(), feed.most(FeedBatch.PAGE));
      feed.take(batches.computeIfAbsent(key, k -> FeedBatch.read(store, k)), commit, wake);
    }
    if (feed.ready() && (feed.satisfied() || feed.tick(now, wake))) {
      feed.end(Sequences.write(store, feed.position()), pending(feed));
    }
  }

  private long pending(Feed feed) {
    if (!feed.satisfied()) {
      return 0;
    }
    try (var rows = store.changes(ChangesQuery.since(feed.position()).withLimit(0))) {
      return rows.pending();
    }
  }

  private void endAll() {
    for (var feed : feeds) {
      feed.end(lastSeq(feed), 0);
      feed.release();
    }
    var until = System.nanoTime() + FAREWELL;
    while (feeds.stream().anyMatch(Feed::isLeaving) && System.nanoTime() < until) {
      LockSupport.parkNanos(this, GRAIN);
    }
    feeds.forEach(Feed::giveUp);
    feeds.clear();
  }

  /** The sequence with which a feed may go on; the store may be closed. */
  private String lastSeq(Feed feed) {
    try {
      return Sequences.write(store, feed.position());
    } catch (StoreException e) {
      return "0";
    }
  }
}
