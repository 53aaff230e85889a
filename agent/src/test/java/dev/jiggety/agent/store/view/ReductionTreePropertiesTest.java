package dev.jiggety.agent.store.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.collation.Collation;
import dev.jiggety.agent.store.sql.Sql;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Whatever is put into a tree and taken out, it answers as a sorted map would. */
class ReductionTreePropertiesTest {

  private static final String TABLE = "rows";

  /**
   * [count, sum, first id, last id]: associative, and another thing if the order is not kept. Rows
   * with a value that is no array make it fail.
   */
  private static final Reduce SUMMARY =
      new Reduce() {
        @Override
        public JsonElement reduce(List<ViewRow> rows) {
          var sum = 0L;
          for (var row : rows) {
            if (!row.value().isJsonArray()) {
              throw new ReduceException("bad", "row " + row.id() + " is bad!");
            }
            sum += row.value().getAsJsonArray().get(0).getAsLong();
          }
          return summary(rows.size(), sum, rows.getFirst().id(), rows.getLast().id());
        }

        @Override
        public JsonElement rereduce(List<JsonElement> reductions) {
          var arrays = reductions.stream().map(JsonElement::getAsJsonArray).toList();
          return summary(
              arrays.stream().mapToLong(each -> each.get(0).getAsLong()).sum(),
              arrays.stream().mapToLong(each -> each.get(1).getAsLong()).sum(),
              arrays.getFirst().get(2).getAsString(),
              arrays.getLast().get(3).getAsString());
        }
      };

  private static JsonElement summary(long count, long sum, String first, String last) {
    var summary = new JsonArray();
    summary.add(count);
    summary.add(sum);
    summary.add(first);
    summary.add(last);
    return summary;
  }

  private static final class Model {
    private final TreeMap<byte[], ViewRow> rows = new TreeMap<>(Arrays::compareUnsigned);
    private final Random random;
    private final int sizes;
    private final int keys;
    private final int ids;

    private Model(long seed) {
      random = new Random(seed);
      // Small rows, big ones and a mixture make trees of very different shapes.
      sizes = random.nextInt(4);
      keys = 1 + random.nextInt(12);
      ids = sizes == 1 || sizes == 2 ? 5 : 400;
    }

    private JsonElement key() {
      var key = new JsonArray();
      key.add(random.nextInt(keys));
      key.add("k" + random.nextInt(20));
      return key;
    }

    private ViewRow row(JsonElement key, String id) {
      var value = new JsonArray();
      value.add(random.nextInt(1000));
      value.add("x".repeat(padding()));
      return new ViewRow(id, key, value);
    }

    private int padding() {
      return switch (sizes) {
        case 0 -> random.nextInt(20);
        case 1 -> random.nextInt(4_000);
        case 2 -> random.nextInt(30_000);
        default -> random.nextInt(30) == 0 ? random.nextInt(60_000) : random.nextInt(300);
      };
    }

    private String id() {
      return Integer.toString(random.nextInt(ids));
    }

    private byte[] randomKey() {
      return bytes(key(), id());
    }
  }

  private static byte[] bytes(JsonElement key, String id) {
    var prefix = Collation.key(key);
    var suffix = id.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(prefix.length + suffix.length).put(prefix).put(suffix).array();
  }

  private static void change(Model model, ReductionTree tree) throws SQLException {
    var random = model.random;
    var batch = ReductionTree.changes();
    var removing = random.nextInt(3) == 0;
    for (var i = random.nextInt(1 + 200 / (1 + model.sizes)); i >= 0; i--) {
      var key = model.key();
      var id = model.id();
      batch.put(bytes(key, id), Optional.of(model.row(key, id)));
    }
    for (var key : model.rows.keySet()) {
      if (random.nextInt(10) < (removing ? 8 : 1)) {
        batch.put(key, Optional.empty());
      }
    }
    batch.put(model.randomKey(), Optional.empty());

    tree.change(batch);
    batch.forEach((key, row) ->
        row.ifPresentOrElse(present -> model.rows.put(key, present), () -> model.rows.remove(key)));
  }

  /** Every node but the head is reached once, all rows are equally deep, and what is told is so. */
  private static void checkNodes(Sql sql, Model model) throws SQLException {
    var head =
        sql.first("SELECT node FROM rows WHERE id = 0", row -> ByteBuffer.wrap(row.getBytes(1)));
    assertThat(head).isNotNull();
    var root = head.getLong();
    var seen = new HashSet<Long>();
    var entries = new ArrayList<TreeNode.Entry>();
    if (root != 0) {
      check(sql, root, 0, new HashSet<>(), seen, entries);
    }
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(
            sql.list("SELECT id FROM rows WHERE id > 0", row -> row.getLong(1)));
    assertThat(seen).allMatch(id -> id < head.getLong(8));
    assertThat(entries.stream().map(TreeNode.Entry::row).toList())
        .isEqualTo(List.copyOf(model.rows.values()));
  }

  private static TreeNode check(
      Sql sql,
      long id,
      int depth,
      Set<Integer> depths,
      Set<Long> seen,
      List<TreeNode.Entry> entries)
      throws SQLException {
    assertThat(seen.add(id)).isTrue();
    var stored = sql.first("SELECT node FROM rows WHERE id = ?", row -> row.getBytes(1), id);
    assertThat(stored).isNotNull();
    var node = TreeNode.read(stored);
    assertThat(node.items()).isNotEmpty();
    switch (node) {
      case TreeNode.Leaf leaf -> {
        depths.add(depth);
        assertThat(depths).hasSize(1);
        entries.addAll(leaf.items());
      }
      case TreeNode.Inner inner -> {
        for (var child : inner.items()) {
          var before = entries.size();
          var below = check(sql, child.id(), depth + 1, depths, seen, entries);
          assertThat(child.key()).isEqualTo(below.items().getLast().key());
          assertThat(child.rows()).isEqualTo(entries.size() - before);
          assertThat(child.bytes())
              .isEqualTo(entries.stream().skip(before).mapToLong(TreeNode.Entry::size).sum());
        }
      }
    }
    return node;
  }

  private static void checkAnswers(ReductionTree tree, Model model) throws SQLException {
    var random = model.random;
    assertThat(tree.rows()).isEqualTo(model.rows.size());
    for (var i = 0; i < 6; i++) {
      var from = random.nextInt(4) == 0 ? null : model.randomKey();
      var to = random.nextInt(4) == 0 ? null : model.randomKey();
      if (from != null && to != null && Arrays.compareUnsigned(from, to) > 0) {
        var lower = to;
        to = from;
        from = lower;
      }
      var range = range(model, from, to);
      assertThat(tree.count(from, to)).isEqualTo(range.size());
      if (to != null) {
        assertThat(tree.rowsBefore(to)).isEqualTo(model.rows.headMap(to).size());
      }
      assertThat(tree.reduce(from, to))
          .isEqualTo(range.isEmpty() ? JsonNull.INSTANCE : SUMMARY.reduce(range));
      for (var descending : List.of(false, true)) {
        var ordered = descending ? range.reversed() : range;
        checkScan(tree, from, to, descending, ordered, random.nextInt(range.size() + 2), random);
        checkGroups(tree, from, to, descending, ordered, random.nextInt(3), random);
      }
    }
  }

  private static List<ViewRow> range(Model model, byte @Nullable [] from, byte @Nullable [] to) {
    var rows = from == null ? model.rows : model.rows.tailMap(from, true);
    return List.copyOf((to == null ? rows : rows.headMap(to)).values());
  }

  private static void checkScan(
      ReductionTree tree,
      byte @Nullable [] from,
      byte @Nullable [] to,
      boolean descending,
      List<ViewRow> expected,
      int skip,
      Random random)
      throws SQLException {
    var limit = 1 + random.nextInt(expected.size() + 1);
    var rows = new ArrayList<ViewRow>();
    tree.scan(
        from,
        to,
        descending,
        skip,
        (key, row) -> {
          assertThat(key).isEqualTo(bytes(row.key(), row.id()));
          rows.add(row);
          return rows.size() < limit;
        });
    assertThat(rows).isEqualTo(expected.stream().skip(skip).limit(limit).toList());
  }

  private static void checkGroups(
      ReductionTree tree,
      byte @Nullable [] from,
      byte @Nullable [] to,
      boolean descending,
      List<ViewRow> expected,
      int level,
      Random random)
      throws SQLException {
    var limit = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(5);
    var groups = new ArrayList<JsonElement>();
    tree.groups(
        from,
        to,
        descending,
        key -> Collation.prefix(key, level),
        (first, value) -> {
          groups.add(group(first, value));
          return groups.size() < limit;
        });

    var model = new ArrayList<JsonElement>();
    for (var begin = 0; begin < expected.size() && model.size() < limit; ) {
      var first = expected.get(begin);
      var end = begin;
      while (end < expected.size()
          && Arrays.equals(
              Collation.prefix(expected.get(end).key(), level),
              Collation.prefix(first.key(), level))) {
        end++;
      }
      var rows = expected.subList(begin, end);
      model.add(group(first.key(), SUMMARY.reduce(descending ? rows.reversed() : rows)));
      begin = end;
    }
    assertThat(groups).isEqualTo(model);
  }

  private static JsonElement group(JsonElement first, JsonElement value) {
    var group = new JsonArray();
    group.add(first);
    group.add(value);
    return group;
  }

  @Property(tries = 15)
  void itAnswersLikeASortedMap(@ForAll long seed) throws SQLException {
    var model = new Model(seed);
    try (var sql = Sql.open(Path.of(":memory:"), 1024)) {
      ReductionTree.create(sql, TABLE);
      var tree = new ReductionTree(sql, TABLE, SUMMARY);
      for (var round = 0; round < 8; round++) {
        change(model, tree);
        checkNodes(sql, model);
        checkAnswers(tree, model);
        // What another one reads from the table is the same as what this one remembers.
        checkAnswers(
            new ReductionTree(sql, TABLE, SUMMARY, new NodeCache(new NodeMemory(100_000))), model);
      }
      var all = ReductionTree.changes();
      model.rows.keySet().forEach(key -> all.put(key, Optional.empty()));
      tree.change(all);
      model.rows.clear();
      checkNodes(sql, model);
      checkAnswers(tree, model);
    }
  }

  @Property(tries = 6)
  void whatIsRolledBackIsForgotten(@ForAll long seed) throws SQLException {
    var model = new Model(seed);
    var lost = new Model(seed + 1);
    try (var sql = Sql.open(Path.of(":memory:"), 1024)) {
      ReductionTree.create(sql, TABLE);
      var tree = new ReductionTree(sql, TABLE, SUMMARY);
      for (var round = 0; round < 4; round++) {
        sql.run("BEGIN");
        change(lost, tree);
        sql.run("ROLLBACK");
        sql.run("BEGIN");
        change(model, tree);
        sql.run("COMMIT");
        checkNodes(sql, model);
        checkAnswers(tree, model);
      }
    }
  }

  @Property(tries = 6)
  void aRowThatCannotBeReducedFailsTheQueriesThatNeedItAndNoOthers(@ForAll long seed)
      throws SQLException {
    var model = new Model(seed);
    try (var sql = Sql.open(Path.of(":memory:"), 1024)) {
      ReductionTree.create(sql, TABLE);
      var tree = new ReductionTree(sql, TABLE, SUMMARY);
      for (var round = 0; round < 4; round++) {
        change(model, tree);
      }
      var key = model.key();
      var bad = bytes(key, "500");
      var batch = ReductionTree.changes();
      batch.put(bad, Optional.of(new ViewRow("500", key, new JsonPrimitive("no array"))));
      tree.change(batch);

      assertThatThrownBy(() -> tree.reduce(null, null))
          .isInstanceOfSatisfying(
              ReduceException.class,
              failure -> {
                assertThat(failure.error()).isEqualTo("bad");
                assertThat(failure).hasMessage("row 500 is bad!");
              });
      assertThat(tree.rows()).isEqualTo(model.rows.size() + 1);
      var below = range(model, null, bad);
      assertThat(tree.reduce(null, bad))
          .isEqualTo(below.isEmpty() ? JsonNull.INSTANCE : SUMMARY.reduce(below));

      batch.put(bad, Optional.empty());
      tree.change(batch);
      checkNodes(sql, model);
      checkAnswers(tree, model);
    }
  }
}
