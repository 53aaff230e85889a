package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;
import dev.jiggety.agent.store.view.TreeNode.Child;
import dev.jiggety.agent.store.view.TreeNode.Entry;
import dev.jiggety.agent.store.view.TreeNode.Inner;
import dev.jiggety.agent.store.view.TreeNode.Item;
import dev.jiggety.agent.store.view.TreeNode.Leaf;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One change of a {@link ReductionTree}: a pass over the nodes that the changed rows are in. They
 * and the nodes above them are written anew under ids of their own, and the old ones are dropped.
 */
final class TreeWriter {

  /** Nodes of many small items are up to this size, in bytes. */
  private static final long FULL = 8 * 1024;

  /** Where items are big, a node has up to {@link #MANY} of them, but not beyond these bytes … */
  private static final long BIG = 64 * 1024;

  private static final long MANY = 16;

  /** … unless it would have fewer than this: else the tree would be as high as it is wide. */
  private static final long FEW = 4;

  /** A node with less is put together with its neighbour. */
  private static final long SMALL = FULL / 4;

  /** Where nodes are kept. */
  interface Store {
    TreeNode read(long id) throws SQLException;

    /** Stores it and returns its id. */
    long write(TreeNode node) throws SQLException;

    void drop(long id) throws SQLException;
  }

  /** Part of a level in the making: a node as it was, or a new one that is not yet written. */
  private sealed interface Part {}

  private record Kept(Child child) implements Part {}

  private record Fresh(TreeNode node) implements Part {}

  private final Store store;
  private final Reduce reduce;

  TreeWriter(Store store, Reduce reduce) {
    this.store = store;
    this.reduce = reduce;
  }

  /**
   * Takes rows in and out.
   *
   * @param root id of the root; 0 = there are no rows
   * @return id of the new root
   */
  long change(long root, SortedMap<byte[], Optional<ViewRow>> rows) throws SQLException {
    var changes = List.copyOf(rows.entrySet());
    var parts = root == 0 ? merge(List.of(), changes) : change(root, changes);
    while (parts.size() > 1) {
      parts = pieces(writeAll(parts));
    }
    if (parts.isEmpty()) {
      return 0;
    }
    var node = parts.getFirst().node();
    if (!(node instanceof Inner inner) || inner.items().size() > 1) {
      return store.write(node);
    }
    return rootOf(inner.items().getFirst().id());
  }

  /** The first node from here on downwards that is more than a detour. */
  private long rootOf(long id) throws SQLException {
    var root = id;
    while (store.read(root) instanceof Inner inner && inner.items().size() == 1) {
      store.drop(root);
      root = inner.items().getFirst().id();
    }
    return root;
  }

  private List<Fresh> change(long id, List<Map.Entry<byte[], Optional<ViewRow>>> changes)
      throws SQLException {
    var node = store.read(id);
    store.drop(id);
    return switch (node) {
      case Leaf leaf -> merge(leaf.items(), changes);
      case Inner inner -> pieces(writeAll(joinSmall(changeChildren(inner, changes))));
    };
  }

  private List<Fresh> merge(List<Entry> old, List<Map.Entry<byte[], Optional<ViewRow>>> changes) {
    var merged = new ArrayList<Entry>(old.size() + changes.size());
    var next = 0;
    for (var change : changes) {
      var order = -1;
      while (next < old.size()
          && (order = Arrays.compareUnsigned(old.get(next).key(), change.getKey())) < 0) {
        merged.add(old.get(next++));
      }
      if (next < old.size() && order == 0) {
        next++;
      }
      change.getValue().ifPresent(row -> merged.add(Entry.of(change.getKey(), row)));
    }
    merged.addAll(old.subList(next, old.size()));
    return pieces(merged);
  }

  private List<Part> changeChildren(Inner inner, List<Map.Entry<byte[], Optional<ViewRow>>> changes)
      throws SQLException {
    var parts = new ArrayList<Part>();
    var children = inner.items();
    var from = 0;
    for (var i = 0; i < children.size(); i++) {
      var child = children.get(i);
      var to = i == children.size() - 1 ? changes.size() : firstAbove(changes, from, child.key());
      if (from == to) {
        parts.add(new Kept(child));
      } else {
        parts.addAll(change(child.id(), changes.subList(from, to)));
      }
      from = to;
    }
    return parts;
  }

  private static int firstAbove(
      List<Map.Entry<byte[], Optional<ViewRow>>> changes, int from, byte[] key) {
    var index = from;
    while (index < changes.size()
        && Arrays.compareUnsigned(changes.get(index).getKey(), key) <= 0) {
      index++;
    }
    return index;
  }

  /** Puts new nodes that have become small together with a neighbour. */
  private List<Part> joinSmall(List<Part> parts) throws SQLException {
    var joined = new ArrayList<Part>();
    for (var i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      if (!(part instanceof Fresh fresh) || !isSmall(fresh.node()) || parts.size() == 1) {
        joined.add(part);
      } else if (i + 1 < parts.size()) {
        joined.addAll(join(fresh.node(), take(parts.get(++i))));
      } else {
        joined.addAll(join(take(joined.removeLast()), fresh.node()));
      }
    }
    return joined;
  }

  private TreeNode take(Part part) throws SQLException {
    return switch (part) {
      case Fresh fresh -> fresh.node();
      case Kept kept -> {
        var node = store.read(kept.child().id());
        store.drop(kept.child().id());
        yield node;
      }
    };
  }

  private static List<Fresh> join(TreeNode left, TreeNode right) {
    if (left instanceof Leaf rows && right instanceof Leaf more) {
      var entries = new ArrayList<Entry>(rows.items());
      entries.addAll(more.items());
      return pieces(entries);
    }
    var children = new ArrayList<Child>(((Inner) left).items());
    children.addAll(((Inner) right).items());
    return pieces(children);
  }

  private static boolean isSmall(TreeNode node) {
    return size(node.items()) < SMALL || (node instanceof Inner && node.items().size() == 1);
  }

  private static long size(List<? extends Item> items) {
    var sum = 0L;
    for (var item : items) {
      sum += item.size();
    }
    return sum;
  }

  /** One node of all items, or as many about equally full ones as it takes. */
  private static <T extends Item> List<Fresh> pieces(List<T> items) {
    if (items.isEmpty()) {
      return List.of();
    }
    var total = size(items);
    var average = total / items.size();
    var limit = Math.max(Math.max(FULL, FEW * average), Math.min(BIG, MANY * average));
    if (total <= limit) {
      return List.of(new Fresh(node(items)));
    }
    // Two thirds full, so that the next rows do not divide them again.
    var count = (total * 3 + limit * 2 - 1) / (limit * 2);
    var pieces = new ArrayList<Fresh>();
    var begin = 0;
    var sum = 0L;
    for (var i = 0; i < items.size(); i++) {
      sum += items.get(i).size();
      if (i == items.size() - 1 || sum * count >= total * (pieces.size() + 1)) {
        pieces.add(new Fresh(node(items.subList(begin, i + 1))));
        begin = i + 1;
      }
    }
    return pieces;
  }

  private static TreeNode node(List<? extends Item> items) {
    return items.getFirst() instanceof Entry
        ? new Leaf(items.stream().map(Entry.class::cast).toList())
        : new Inner(items.stream().map(Child.class::cast).toList());
  }

  private List<Child> writeAll(List<? extends Part> parts) throws SQLException {
    var children = new ArrayList<Child>(parts.size());
    for (var part : parts) {
      children.add(
          switch (part) {
            case Kept kept -> kept.child();
            case Fresh fresh -> write(fresh.node());
          });
    }
    return children;
  }

  private Child write(TreeNode node) throws SQLException {
    var id = store.write(node);
    var key = node.items().getLast().key();
    return switch (node) {
      case Leaf leaf -> new Child(id, leaf.items().size(), size(leaf.items()), key, reduced(node));
      case Inner inner -> {
        var rows = 0L;
        var bytes = 0L;
        for (var child : inner.items()) {
          rows += child.rows();
          bytes += child.bytes();
        }
        yield new Child(id, rows, bytes, key, reduced(node));
      }
    };
  }

  /** A failure is kept like a reduction, so that it is the query's that needs these rows. */
  private byte[] reduced(TreeNode node) {
    try {
      return Child.reduction(
          switch (node) {
            case Leaf leaf -> reduce(reduce, leaf.items());
            case Inner inner ->
                reduce.rereduce(inner.items().stream().map(Child::reduction).toList());
          });
    } catch (ReduceException e) {
      return Child.failure(e);
    }
  }

  /** Reduces rows, reading no more of them than it takes. */
  static JsonElement reduce(Reduce reduce, List<Entry> rows) {
    if (reduce.equals(Reduce.NONE)) {
      return Reduce.NONE.reduce(List.of());
    }
    if (reduce instanceof SumReduce) {
      var sum = IntegerSum.of(rows);
      if (sum != null) {
        return sum;
      }
    }
    return reduce instanceof ValueReduce values
        ? values.reduceValues(rows.stream().map(Entry::value).toList())
        : reduce.reduce(rows.stream().map(Entry::row).toList());
  }
}
