package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.DocumentStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All live feeds of the hub, by database. Thread-safe. */
final class Feeds implements AutoCloseable {
  private final Map<Key, FeedGroup> groups = new HashMap<>();
  private final Duration patience;
  private boolean closed;

  /**
   * None yet.
   *
   * @param patience how long a client may leave unread what it was sent, before it is cut
   */
  Feeds(Duration patience) {
    this.patience = patience;
  }

  /**
   * Who is served together: listeners of one database; those with a slow filter by themselves, so
   * that nobody else waits for it.
   */
  private record Key(String store, @Nullable ChangesFilter filter) {}

  /** Serves this feed from now on. */
  void open(DocumentStore store, Feed feed) {
    if (!join(store, feed)) {
      feed.begin(() -> {});
      feed.end(Sequences.write(store, feed.position()), 0);
    }
  }

  private synchronized boolean join(DocumentStore store, Feed feed) {
    if (closed) {
      return false;
    }
    var filter = feed.shape().filter();
    var key = new Key(store.uuid(), filter != null && filter.slow() ? filter : null);
    var group = groups.get(key);
    if (group == null) {
      var made = new FeedGroup(store, patience);
      groups.put(key, made);
      made.add(feed);
      made.start(() -> closeIfEmpty(made), () -> remove(made));
    } else {
      group.add(feed);
    }
    return true;
  }

  /** Nobody can be added in between: that takes the same lock. */
  private synchronized void closeIfEmpty(FeedGroup group) {
    if (group.isEmpty()) {
      groups.values().remove(group);
      group.close();
    }
  }

  private synchronized void remove(FeedGroup group) {
    groups.values().remove(group);
  }

  /** How many clients listen. */
  synchronized int listeners() {
    return groups.values().stream().mapToInt(FeedGroup::size).sum();
  }

  /** Ends all feeds, so that their clients know at once, and takes no more. */
  @Override
  public void close() {
    List<FeedGroup> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(groups.values());
    }
    all.forEach(FeedGroup::close);
    try {
      for (var group : all) {
        group.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
