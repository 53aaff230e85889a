package dev.jiggety.agent.store.view;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The memory for nodes of view indexes that were read before. All indexes of the process share one,
 * for there are as many of them as months of results and views, and only a few are looked at; the
 * nodes that were not asked for longest go first. Thread-safe.
 */
final class NodeMemory {
  /** A fifth of the heap: the rest is for what the hub does. */
  static final NodeMemory OF_THE_PROCESS = new NodeMemory(Runtime.getRuntime().maxMemory() / 5);

  private record Key(NodeCache cache, long id) {}

  private final long limit;
  private final LinkedHashMap<Key, TreeNode> nodes = new LinkedHashMap<>(16, 0.75f, true);
  private long used;

  /** An empty one that takes so many bytes, about. */
  NodeMemory(long limit) {
    this.limit = limit;
  }

  synchronized @Nullable TreeNode get(NodeCache cache, long id) {
    return nodes.get(new Key(cache, id));
  }

  synchronized void put(NodeCache cache, long id, TreeNode node) {
    if (nodes.putIfAbsent(new Key(cache, id), node) != null) {
      return;
    }
    used += node.memory();
    var oldest = nodes.entrySet().iterator();
    while (used > limit && oldest.hasNext()) {
      used -= oldest.next().getValue().memory();
      oldest.remove();
    }
  }

  synchronized void remove(NodeCache cache, long id) {
    var node = nodes.remove(new Key(cache, id));
    if (node != null) {
      used -= node.memory();
    }
  }

  /** Looks at every node of every index: for an index that is closed, or a change taken back. */
  synchronized void clear(NodeCache cache) {
    nodes
        .entrySet()
        .removeIf(entry -> {
          boolean belongs = entry.getKey().cache() == cache;
          if (belongs) {
            used -= entry.getValue().memory();
          }
          return belongs;
        });
  }

  /** Bytes in use, about. */
  synchronized long used() {
    return used;
  }
}
