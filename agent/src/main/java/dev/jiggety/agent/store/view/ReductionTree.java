package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import dev.jiggety.agent.store.sql.Sql;
import dev.jiggety.agent.store.view.TreeNode.Child;
import dev.jiggety.agent.store.view.TreeNode.Entry;
import dev.jiggety.agent.store.view.TreeNode.Inner;
import dev.jiggety.agent.store.view.TreeNode.Leaf;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the order of their keys (bytes, unsigned), in a B+tree whose inner nodes know of each
 * child how many rows are below it and what they reduce to, as CouchDB's couch_btree has it. So
 * counting, skipping and reducing take a few nodes for each range or group, however many rows it
 * has.
 *
 * <p>Lives in one table, and in whatever transaction the caller has begun. A node is never changed
 * but replaced by one with another id, and ids are not used twice; so what was read once may be
 * kept, whatever is committed meanwhile. For one thread at a time, as its connection is.
 *
 * <p>A row that cannot be reduced does not stop {@link #change}: queries that need it fail.
 */
final class ReductionTree {

  /** What rows reduce to is one group. */
  @FunctionalInterface
  interface Grouping {
    /** What the keys of all rows begin with that are in one group with this key, and no others'. */
    byte[] prefix(JsonElement key);
  }

  /** Takes rows in order. */
  @FunctionalInterface
  interface RowVisitor {
    /** Returns false to have no more. */
    boolean row(byte[] key, ViewRow row);
  }

  /** Takes groups in order. */
  @FunctionalInterface
  interface GroupVisitor {
    /**
     * Returns false to have no more.
     *
     * @param first key of the group's rows in the direction asked for
     * @param value of the reduction; not to be changed
     */
    boolean group(JsonElement first, JsonElement value);
  }

  private record Head(long root, long next) {}

  private final Sql sql;
  private final String table;
  private final Reduce reduce;
  private final NodeCache cache;
  private final boolean shared;
  private @Nullable Head written;

  /** A tree for reading and writing; {@link #forget} it when it is no longer used. */
  ReductionTree(Sql sql, String table, Reduce reduce) {
    this(sql, table, reduce, new NodeCache(NodeMemory.OF_THE_PROCESS), false);
  }

  /**
   * A tree for reading alone.
   *
   * @param cache of this table, which readers on other connections may have too
   */
  ReductionTree(Sql sql, String table, Reduce reduce, NodeCache cache) {
    this(sql, table, reduce, cache, true);
  }

  private ReductionTree(Sql sql, String table, Reduce reduce, NodeCache cache, boolean shared) {
    this.sql = sql;
    this.table = table;
    this.reduce = reduce;
    this.cache = cache;
    this.shared = shared;
  }

  /** Gives the memory of its nodes back. */
  void forget() {
    cache.clear();
  }

  /** Makes the table of an empty tree. */
  static void create(Sql sql, String table) throws SQLException {
    sql.run("CREATE TABLE " + table + " (id INTEGER PRIMARY KEY, node BLOB NOT NULL)");
    sql.update("INSERT INTO " + table + " (id, node) VALUES (0, ?)", bytes(new Head(0, 1)));
  }

  /** A map for {@link #change}. */
  static SortedMap<byte[], Optional<ViewRow>> changes() {
    return new TreeMap<>(Arrays::compareUnsigned);
  }

  /** Puts rows in, or in the place of those that have their keys; takes out where there is none. */
  void change(SortedMap<byte[], Optional<ViewRow>> rows) throws SQLException {
    if (shared) {
      throw new IllegalStateException("what is not yet committed must not be seen elsewhere");
    }
    if (rows.isEmpty()) {
      return;
    }
    var head = head();
    var nodes = new Nodes(head.next());
    var root = new TreeWriter(nodes, reduce).change(head.root(), rows);
    var changed = new Head(root, nodes.next);
    sql.update("UPDATE " + table + " SET node = ? WHERE id = 0", bytes(changed));
    written = changed;
  }

  /** How many rows there are. */
  long rows() throws SQLException {
    return count(null, null);
  }

  /** How many rows have keys that are less than this one. */
  long rowsBefore(byte[] key) throws SQLException {
    return count(null, key);
  }

  /** How many rows there are from one key, inclusive, to another one, exclusive. */
  long count(byte @Nullable [] from, byte @Nullable [] to) throws SQLException {
    var counter =
        new TreeWalk.Visitor() {
          private long rows;

          @Override
          public boolean takes(Child child, byte @Nullable [] before) {
            rows += child.rows();
            return true;
          }

          @Override
          public boolean sees(Entry row) {
            rows++;
            return true;
          }
        };
    walk(from, to, false, counter);
    return counter.rows;
  }

  /** How many bytes the rows take, about, without the nodes above them. */
  long bytes() throws SQLException {
    var root = head().root();
    if (root == 0) {
      return 0;
    }
    return switch (read(root)) {
      case Leaf leaf -> leaf.items().stream().mapToLong(Entry::size).sum();
      case Inner inner -> inner.items().stream().mapToLong(Child::bytes).sum();
    };
  }

  /**
   * The rows from one key, inclusive, to another one, exclusive; when descending, from the greatest
   * of these down.
   *
   * @param skip how many of them to leave out at the beginning
   */
  void scan(
      byte @Nullable [] from,
      byte @Nullable [] to,
      boolean descending,
      long skip,
      RowVisitor visitor)
      throws SQLException {
    walk(
        from,
        to,
        descending,
        new TreeWalk.Visitor() {
          private long left = skip;

          @Override
          public boolean takes(Child child, byte @Nullable [] before) {
            if (child.rows() > left) {
              return false;
            }
            left -= child.rows();
            return true;
          }

          @Override
          public boolean sees(Entry row) {
            if (left > 0) {
              left--;
              return true;
            }
            return visitor.row(row.key(), row.row());
          }
        });
  }

  /**
   * All rows of a range reduced; null if there are none. Not to be changed.
   *
   * @throws ReduceException where they cannot be
   */
  JsonElement reduce(byte @Nullable [] from, byte @Nullable [] to) throws SQLException {
    var all = new ArrayList<JsonElement>(1);
    groups(
        from,
        to,
        false,
        key -> new byte[0],
        (first, value) -> {
          all.add(value);
          return true;
        });
    return all.isEmpty() ? JsonNull.INSTANCE : all.getFirst();
  }

  /**
   * The rows of a range in groups, each of them reduced.
   *
   * @throws ReduceException where those of a group cannot be; the groups before it have been told
   */
  void groups(
      byte @Nullable [] from,
      byte @Nullable [] to,
      boolean descending,
      Grouping grouping,
      GroupVisitor visitor)
      throws SQLException {
    var walk = new GroupWalk(reduce, descending, grouping, visitor);
    walk(from, to, descending, walk);
    walk.end();
  }

  private void walk(
      byte @Nullable [] from, byte @Nullable [] to, boolean descending, TreeWalk.Visitor visitor)
      throws SQLException {
    var root = head().root();
    if (root != 0) {
      new TreeWalk(this::read, from, to, descending, visitor).through(read(root));
    }
  }

  private TreeNode read(long id) throws SQLException {
    var known = cache.get(id);
    if (known != null) {
      return known;
    }
    var stored =
        sql.first("SELECT node FROM " + table + " WHERE id = ?", row -> row.getBytes(1), id);
    if (stored == null) {
      throw new SQLException("node " + id + " is missing from the index " + table);
    }
    var node = TreeNode.read(stored);
    cache.put(id, node);
    return node;
  }

  private Head head() throws SQLException {
    var stored = sql.first("SELECT node FROM " + table + " WHERE id = 0", row -> row.getBytes(1));
    if (stored == null) {
      throw new SQLException("the index " + table + " has no head");
    }
    var head = new Head(ByteBuffer.wrap(stored).getLong(), ByteBuffer.wrap(stored).getLong(8));
    if (written != null && !written.equals(head)) {
      // What was written here has been rolled back, so its ids will stand for something else.
      cache.clear();
      written = null;
    }
    return head;
  }

  private static byte[] bytes(Head head) {
    return ByteBuffer.allocate(16).putLong(head.root()).putLong(head.next()).array();
  }

  /** The table, for one change. */
  private final class Nodes implements TreeWriter.Store {
    private long next;

    private Nodes(long next) {
      this.next = next;
    }

    @Override
    public TreeNode read(long id) throws SQLException {
      return ReductionTree.this.read(id);
    }

    @Override
    public long write(TreeNode node) throws SQLException {
      var id = next++;
      sql.update("INSERT INTO " + table + " (id, node) VALUES (?, ?)", id, node.write());
      cache.put(id, node);
      return id;
    }

    @Override
    public void drop(long id) throws SQLException {
      sql.update("DELETE FROM " + table + " WHERE id = ?", id);
      cache.remove(id);
    }
  }
}
