package dev.jiggety.agent.store.view;

import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the rows of a range, in either direction, that goes round what its visitor can do
 * without.
 */
final class TreeWalk {

  /** Where nodes come from. */
  @FunctionalInterface
  interface Nodes {
    TreeNode read(long id) throws SQLException;
  }

  /** Sees all rows of the range once, one by one or many at a time. */
  interface Visitor {
    /**
     * Rows that all are in the range.
     *
     * @param before a key that the one before them begins with or is; null if it is not known
     * @return whether this is all that need be known of them; if not, they come one by one
     */
    boolean takes(TreeNode.Child rows, byte @Nullable [] before);

    /** One row; returns false to end the walk. */
    boolean sees(TreeNode.Entry row);
  }

  private final Nodes nodes;
  private final byte @Nullable [] from;
  private final byte @Nullable [] to;
  private final boolean descending;
  private final Visitor visitor;

  /** A walk from one key, inclusive, to another one that is greater, exclusive. */
  TreeWalk(
      Nodes nodes,
      byte @Nullable [] from,
      byte @Nullable [] to,
      boolean descending,
      Visitor visitor) {
    this.nodes = nodes;
    this.from = from;
    this.to = to;
    this.descending = descending;
    this.visitor = visitor;
  }

  /** Walks through all of a node. */
  void through(TreeNode root) throws SQLException {
    walk(root, null);
  }

  private boolean walk(TreeNode node, byte @Nullable [] before) throws SQLException {
    return switch (node) {
      case TreeNode.Leaf leaf -> walkRows(leaf);
      case TreeNode.Inner inner -> walkChildren(inner, before);
    };
  }

  private boolean walkRows(TreeNode.Leaf leaf) {
    var rows = leaf.items();
    var first = from == null ? 0 : firstNotBelow(leaf, from);
    var end = to == null ? rows.size() : firstNotBelow(leaf, to);
    for (var i = first; i < end; i++) {
      if (!visitor.sees(rows.get(descending ? first + end - 1 - i : i))) {
        return false;
      }
    }
    return true;
  }

  private boolean walkChildren(TreeNode.Inner inner, byte @Nullable [] before) throws SQLException {
    var children = inner.items();
    // The last child of the range is the one whose last key is not below its end.
    var first = from == null ? 0 : firstNotBelow(inner, from);
    var last = to == null ? children.size() : firstNotBelow(inner, to) + 1;
    var end = Math.min(last, children.size());
    for (var i = first; i < end; i++) {
      var index = descending ? first + end - 1 - i : i;
      var child = children.get(index);
      var previous = index == 0 ? before : children.get(index - 1).key();
      if (inside(child, previous) && visitor.takes(child, previous)) {
        continue;
      }
      if (!walk(nodes.read(child.id()), previous)) {
        return false;
      }
    }
    return true;
  }

  private boolean inside(TreeNode.Child child, byte @Nullable [] previous) {
    return (from == null || (previous != null && Arrays.compareUnsigned(previous, from) >= 0))
        && (to == null || Arrays.compareUnsigned(child.key(), to) < 0);
  }

  /** Index of the first item whose key is not below this one. */
  static int firstNotBelow(TreeNode node, byte[] key) {
    var items = node.items();
    var low = 0;
    var high = items.size();
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (Arrays.compareUnsigned(items.get(middle).key(), key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
