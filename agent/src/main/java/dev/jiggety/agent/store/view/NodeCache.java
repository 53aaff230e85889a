package dev.jiggety.agent.store.view;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of one {@link ReductionTree} that were read before, by their ids: what an id stands for
 * never changes, so nothing in here is ever out of date. Thread-safe.
 */
final class NodeCache {

  private final long limit;
  private final LinkedHashMap<Long, TreeNode> nodes = new LinkedHashMap<>(16, 0.75f, true);
  private long used;

  /** An empty one that takes so many bytes of memory, about. */
  NodeCache(long limit) {
    this.limit = limit;
  }

  synchronized @Nullable TreeNode get(long id) {
    return nodes.get(id);
  }

  synchronized void put(long id, TreeNode node) {
    if (nodes.putIfAbsent(id, node) != null) {
      return;
    }
    used += node.memory();
    var oldest = nodes.entrySet().iterator();
    while (used > limit && oldest.hasNext()) {
      used -= oldest.next().getValue().memory();
      oldest.remove();
    }
  }

  synchronized void remove(long id) {
    var node = nodes.remove(id);
    if (node != null) {
      used -= node.memory();
    }
  }

  synchronized void clear() {
    nodes.clear();
    used = 0;
  }
}
