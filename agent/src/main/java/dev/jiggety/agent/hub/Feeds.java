package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.DocumentStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All live feeds of the hub, by database. Thread-safe. */
final class Feeds implements AutoCloseable {
  private final Map<String, FeedGroup> groups = new HashMap<>();
  private boolean closed;

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
    var group = groups.get(store.uuid());
    if (group == null) {
      var made = new FeedGroup(store);
      groups.put(store.uuid(), made);
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
