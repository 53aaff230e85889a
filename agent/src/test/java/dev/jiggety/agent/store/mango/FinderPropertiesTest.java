package dev.jiggety.agent.store.mango;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.view.ViewIndexes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** A query finds the same with indexes as without them. */
class FinderPropertiesTest {
  private static final int DOCUMENTS = 60;
  private static final List<List<String>> COLUMNS =
      List.of(
          List.of("a"),
          List.of("b"),
          List.of("a", "b"),
          List.of("b", "c"),
          List.of("a.b"),
          List.of("c.0"),
          List.of("_id", "a"),
          List.of("c", "_id"));

  private static @Nullable Path folder;
  private static @Nullable Databases databases;
  private static @Nullable ViewIndexes indexes;
  private static int count;

  @BeforeContainer
  static void open() throws IOException {
    folder = Files.createTempDirectory("finder");
    databases = Databases.open(folder, Databases.Options.defaults());
    indexes = ViewIndexes.open(databases);
  }

  @AfterContainer
  static void close() throws IOException {
    indexes.close();
    databases.close();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A store with random documents, some of them changed and deleted again, and some indexes. */
  private static DocumentStore store(Random random, RandomSelectors made) throws Exception {
    var store = databases.create("db" + count++).orElseThrow();
    var finder = new Finder(new IndexCatalog(any -> false), indexes, () -> 0);
    put(store, made, 0, DOCUMENTS / 2);
    addIndexes(store, random);
    search(finder, store, request(made.selector())); // so that an index is brought up to date later
    put(store, made, DOCUMENTS / 2, DOCUMENTS);
    for (var row : ids(store).subList(0, 10)) {
      var rev = store.get(row).orElseThrow().rev();
      if (random.nextBoolean()) {
        store.delete(row, rev);
      } else {
        store.put(row, body(made.document(row)), Optional.of(rev));
      }
    }
    return store;
  }

  private static void addIndexes(DocumentStore store, Random random) throws SelectorException {
    for (var columns : COLUMNS) {
      if (random.nextInt(3) > 0) {
        var json = new JsonObject();
        var definition = new JsonObject();
        definition.add("fields", FindRequest.strings(columns));
        json.add("index", definition);
        var request = IndexRequest.parse(json);
        store.put(request.designId(), DesignIndexes.add(null, request), Optional.empty());
      }
    }
  }

  private static void put(DocumentStore store, RandomSelectors made, int from, int to)
      throws Exception {
    var writes = new ArrayList<DocumentWrite>();
    for (var i = from; i < to; i++) {
      var id = i % 2 == 0 ? "d" + i : "D" + i;
      writes.add(DocumentWrite.edit(id, body(made.document(id)), Optional.empty()));
    }
    store.bulk(writes, true);
  }

  private static JsonObject body(JsonObject document) {
    var body = document.deepCopy();
    body.remove("_id");
    body.remove("_rev");
    return body;
  }

  private static List<String> ids(DocumentStore store) {
    var ids = new ArrayList<String>();
    try (var rows = store.allDocs(AllDocsQuery.all())) {
      rows.forEachRemaining(row -> ids.add(row.id()));
    }
    ids.removeIf(id -> id.startsWith("_design/"));
    return ids;
  }

  private static JsonObject request(JsonObject selector) {
    var json = new JsonObject();
    json.add("selector", selector);
    return json;
  }

  private static List<JsonObject> search(Finder finder, DocumentStore store, JsonObject request)
      throws Exception {
    var found = new ArrayList<JsonObject>();
    try (var search = finder.search(store, FindRequest.parse(request))) {
      var summary = search.run(found::add);
      if (request.has("limit")) {
        request.addProperty("bookmark", summary.bookmark());
      }
    }
    return found;
  }

  private static List<JsonObject> scan(DocumentStore store, Selector selector) {
    var found = new ArrayList<JsonObject>();
    for (var id : ids(store)) {
      var document =
          store.toJson(store.get(id).orElseThrow(), dev.jiggety.agent.store.DocumentForm.PLAIN);
      if (selector.matches(document)) {
        found.add(document);
      }
    }
    return found;
  }

  private static List<String> idsOf(List<JsonObject> documents) {
    return documents.stream().map(document -> document.get("_id").getAsString()).toList();
  }

  @Property(tries = 8)
  void indexesChangeNothingButTheTime(@ForAll long seed) throws Exception {
    var random = new Random(seed);
    var made = new RandomSelectors(random);
    var store = store(random, made);
    var finder = new Finder(new IndexCatalog(any -> false), indexes, () -> 0);
    for (var i = 0; i < 40; i++) {
      var selector = made.selector();
      var parsed = Selector.parse(selector);
      var expected = scan(store, parsed);
      if (Planner.explain(FindRequest.parse(request(selector)), List.of(MangoIndex.ALL_DOCS))
              .nothing()
          && isEmptyList(selector)) {
        expected = List.of(); // CouchDB finds nothing then, though the selector matches all
      }
      var all = request(selector);
      all.addProperty("limit", 1_000);
      assertThat(search(finder, store, all))
          .as("%s", selector)
          .containsExactlyInAnyOrderElementsOf(expected);

      var covered = request(selector);
      covered.addProperty("limit", 1_000);
      covered.add("fields", FindRequest.strings(List.of("_id", "a", "b")));
      assertThat(idsOf(search(finder, store, covered)))
          .as("covered %s", selector)
          .containsExactlyInAnyOrderElementsOf(idsOf(expected));

      assertThat(pages(finder, store, selector, 1 + random.nextInt(5)))
          .as("in pages %s", selector)
          .containsExactlyInAnyOrderElementsOf(idsOf(expected));
    }
    databases.delete(store.name());
  }

  private static boolean isEmptyList(JsonObject selector) {
    return selector.size() == 1
        && (selector.get("$or") instanceof JsonArray
            || selector.get("$and") instanceof JsonArray
            || selector.get("$nor") instanceof JsonArray
            || selector.has("$not"));
  }

  private static List<String> pages(
      Finder finder, DocumentStore store, JsonObject selector, int limit) throws Exception {
    var request = request(selector);
    request.addProperty("limit", limit);
    var ids = new ArrayList<String>();
    var page = search(finder, store, request);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      ids.addAll(idsOf(page));
      page = search(finder, store, request);
    }
    return ids;
  }

  @Property(tries = 4)
  void aSortGivesTheOrder(@ForAll long seed) throws Exception {
    var random = new Random(seed);
    var made = new RandomSelectors(random);
    var store = store(random, made);
    var request = IndexRequest.parse(SelectorTest.json("{'index':{'fields':['a']},'ddoc':'s'}"));
    store.put(request.designId(), DesignIndexes.add(null, request), Optional.empty());
    var finder = new Finder(new IndexCatalog(any -> false), indexes, () -> 0);
    for (var i = 0; i < 20; i++) {
      var json = request(made.selector());
      json.addProperty("limit", 1_000);
      json.add("sort", SelectorTest.json("{'s':[{'a':'asc'}]}").get("s"));
      var up = search(finder, store, json.deepCopy());
      json.add("sort", SelectorTest.json("{'s':[{'a':'desc'}]}").get("s"));
      var down = search(finder, store, json.deepCopy());

      assertThat(up)
          .isSortedAccordingTo((x, y) -> Matching.COLLATION.compare(x.get("a"), y.get("a")));
      Collections.reverse(down);
      assertThat(down).isEqualTo(up);
    }
    databases.delete(store.name());
  }
}
