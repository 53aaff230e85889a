package dev.jiggety.agent.store.view;

import org.jspecify.annotations.Nullable;

/**
 * Nodes of one {@link ReductionTree} that were read before, by their ids: what an id stands for
 * never changes, so nothing in here is ever out of date. Thread-safe.
 */
final class NodeCache {

  private final NodeMemory memory;

  NodeCache(NodeMemory memory) {
    this.memory = memory;
  }

  @Nullable TreeNode get(long id) {
    return memory.get(this, id);
  }

  void put(long id, TreeNode node) {
    memory.put(this, id, node);
  }

  void remove(long id) {
    memory.remove(this, id);
  }

  void clear() {
    memory.clear(this);
  }
}
