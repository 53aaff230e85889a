package dev.jiggety.agent.store.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import dev.jiggety.agent.store.collation.Collation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever was written, updated and deleted in whatever order: the index is what it should be. */
class ViewIndexPropertiesTest {

  /** A write of one of few documents; no keys at all deletes it. */
  record Step(int document, List<JsonElement> keys, int n, boolean update) {}

  @Provide
  Arbitrary<JsonElement> keys() {
    return Arbitraries.of(
            "null",
            "false",
            "1",
            "1.0",
            "2",
            "\"a\"",
            "\"A\"",
            "\"ab\"",
            "\"\"",
            "[]",
            "[1]",
            "[1,2]",
            "[1,2,3]",
            "[1,\"a\"]",
            "[2]",
            "[[1],2]",
            "{}",
            "{\"a\":1}",
            "[null]")
        .map(Indexed::json);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 11),
            keys().list().ofMaxSize(4),
            Arbitraries.integers().between(-5, 100),
            Arbitraries.of(true, false, false, false))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<ViewQuery> queries() {
    var edge = keys().injectNull(0.3);
    var id = Arbitraries.of("doc0", "doc5", "doc", "doc11", "zzz").injectNull(0.7);
    return Combinators.combine(
            edge,
            id,
            edge,
            id,
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.of(0L, 0L, 1L, 7L),
            Arbitraries.of(Long.MAX_VALUE, 3L, 0L))
        .as(ViewQuery::new);
  }

  @Property(tries = 60)
  void theIndexIsWhatAPlainModelSays(
      @ForAll("steps") List<Step> steps, @ForAll("queries") ViewQuery query) throws IOException {
    var folder = Files.createTempDirectory("index");
    try (var db = new Indexed(folder)) {
      var index = db.index();
      for (var step : steps) {
        var id = "doc" + step.document();
        if (step.keys().isEmpty()) {
          db.delete(id);
        } else {
          db.put(id, step.n(), step.keys().toArray(JsonElement[]::new));
        }
        if (step.update()) {
          index.update();
        }
      }
      index.update();
      var model = db.model();
      assertThat(Indexed.rows(index, ViewQuery.all())).isEqualTo(model);
      var fresh = db.indexes.find(db.store(), Indexed.definition("fresh", Indexed::map));
      fresh.update();
      assertThat(Indexed.rows(fresh, ViewQuery.all())).isEqualTo(model);

      var wanted = wanted(model, query);
      assertThat(Indexed.rows(index, query)).isEqualTo(cut(wanted, query));
      for (var level : List.of(0, 1, 2, Integer.MAX_VALUE)) {
        assertThat(index.reduce(0, query, level)).isEqualTo(cut(groups(wanted, level), query));
      }
    } finally {
      remove(folder);
    }
  }

  private static List<ViewRow> wanted(List<ViewRow> model, ViewQuery query) {
    var rows = new ArrayList<>(query.descending() ? model.reversed() : model);
    rows.removeIf(row -> order(row, query.startKey(), query.startDocId(), query) < 0);
    rows.removeIf(row -> {
      var order = order(row, query.endKey(), query.endDocId(), query);
      return query.endKey() != null && (query.inclusiveEnd() ? order > 0 : order >= 0);
    });
    return rows;
  }

  /** Where a row is, as seen from an edge of the query, in its direction. */
  private static int order(ViewRow row, JsonElement key, String id, ViewQuery query) {
    if (key == null) {
      return 0;
    }
    var order = Collation.compare(row.key(), key);
    if (order == 0 && id != null) {
      order = row.id().compareTo(id);
    }
    return query.descending() ? -order : order;
  }

  private static List<ViewIndex.Group> groups(List<ViewRow> rows, int level) {
    var groups = new LinkedHashMap<String, List<ViewRow>>();
    for (var row : rows) {
      groups.computeIfAbsent(name(row.key(), level), absent -> new ArrayList<>()).add(row);
    }
    return groups.values().stream()
        .map(group ->
            new ViewIndex.Group(
                level == 0 ? com.google.gson.JsonNull.INSTANCE : cut(group.getFirst().key(), level),
                Indexed.SUM.reduce(group)))
        .toList();
  }

  private static String name(JsonElement key, int level) {
    if (level == 0) {
      return "";
    }
    return new java.math.BigInteger(1, Collation.key(cut(key, level))).toString(16);
  }

  private static JsonElement cut(JsonElement key, int level) {
    if (!key.isJsonArray() || key.getAsJsonArray().size() <= level) {
      return key;
    }
    var cut = new com.google.gson.JsonArray();
    key.getAsJsonArray().asList().subList(0, level).forEach(cut::add);
    return cut;
  }

  private static <T> List<T> cut(List<T> list, ViewQuery query) {
    return list.stream().skip(query.skip()).limit(query.limit()).toList();
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property
  void aKeyOfARowSaysWhichItIs(@ForAll("keys") JsonElement key, @ForAll("keys") JsonElement other) {
    var one = KeyRange.row(Collation.key(key), new byte[] {'a'}, 300);
    var two = KeyRange.row(Collation.key(other), new byte[] {'a', 'b'}, 2);
    var order = Collation.compare(key, other);
    assertThat(Integer.signum(java.util.Arrays.compareUnsigned(one, two)))
        .isEqualTo(order == 0 ? -1 : Integer.signum(order));
  }
}
