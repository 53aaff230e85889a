package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;
import dev.jiggety.agent.store.view.TreeNode.Child;
import dev.jiggety.agent.store.view.TreeNode.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes groups of the rows of a walk. Rows are read at both ends of a group; between them are
 * children that belong to it as a whole, whose reductions are known.
 */
final class GroupWalk implements TreeWalk.Visitor {

  private final Reduce reduce;
  private final boolean descending;
  private final ReductionTree.Grouping grouping;
  private final ReductionTree.GroupVisitor visitor;

  private final List<JsonElement> reductions = new ArrayList<>();
  private final List<Entry> rows = new ArrayList<>();
  private byte @Nullable [] prefix;
  private @Nullable JsonElement first;
  private boolean stopped;

  GroupWalk(
      Reduce reduce,
      boolean descending,
      ReductionTree.Grouping grouping,
      ReductionTree.GroupVisitor visitor) {
    this.reduce = reduce;
    this.descending = descending;
    this.grouping = grouping;
    this.visitor = visitor;
  }

  @Override
  public boolean takes(Child child, byte @Nullable [] before) {
    // The group's rows are side by side and one of them was next to these; so all of these belong
    // to it if the one at their far end does. Descending, that one is not known: the one beyond it.
    var farEnd = descending ? before : child.key();
    if (prefix == null || farEnd == null || !startsWith(farEnd, prefix)) {
      return false;
    }
    reduceRows();
    reductions.add(child.reduction());
    return true;
  }

  @Override
  public boolean sees(Entry row) {
    if (prefix == null || !startsWith(row.key(), prefix)) {
      end();
      if (stopped) {
        return false;
      }
      first = row.rowKey();
      prefix = grouping.prefix(first);
    }
    rows.add(row);
    return true;
  }

  /** Tells the visitor the last group. */
  void end() {
    if (first == null || stopped) {
      return;
    }
    reduceRows();
    var value =
        reductions.size() == 1
            ? reductions.getFirst()
            : reduce.rereduce(List.copyOf(descending ? reductions.reversed() : reductions));
    stopped = !visitor.group(first, reduce.finish(value));
    reductions.clear();
    first = null;
  }

  private void reduceRows() {
    if (!rows.isEmpty()) {
      reductions.add(TreeWriter.reduce(reduce, descending ? rows.reversed() : rows));
      rows.clear();
    }
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
