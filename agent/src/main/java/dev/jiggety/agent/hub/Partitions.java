package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.ChangesQuery;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Databases whose documents belong to partitions: all ids are {@code partition:id} (CouchDB
 * "Partitioned Databases"). There is one shard here, so a partition is a range of ids and no more.
 * Whether a database has them is said when it is made, and lies in a local document. Thread-safe.
 */
final class Partitions {
  private static final String MARK = HubDocuments.PREFIX + "partitioned";

  // By the identity of the store, because a database of that name may be made anew.
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();

  /** Makes a new database one with partitions. */
  void mark(DocumentStore store) {
    store.putLocal(MARK, new JsonObject(), Optional.empty());
    known.put(store.uuid(), true);
  }

  /** Whether the database has partitions. */
  boolean has(DocumentStore store) {
    return known.computeIfAbsent(store.uuid(), uuid -> store.local(MARK).isPresent());
  }

  /**
   * Refuses ids without partition, where there are partitions.
   *
   * @throws CouchError 400
   */
  void checkId(DocumentStore store, String id) {
    if (!has(store) || id.startsWith(DocumentIds.DESIGN) || id.startsWith(DocumentIds.LOCAL)) {
      return;
    }
    var colon = id.indexOf(':');
    if (colon < 0) {
      throw new CouchError(400, "illegal_docid", "Doc id must be of form partition:id");
    }
    checkName(id.substring(0, colon));
    DocumentIds.check(id.substring(colon + 1));
  }

  private static void checkName(String partition) {
    var wrong =
        partition.isEmpty()
            ? "Partition must not be empty"
            : partition.startsWith("_")
                ? "Partition must not start with an underscore"
                : partition.contains(":") ? "Partition must not contain a colon" : "";
    if (!wrong.isEmpty()) {
      throw new CouchError(400, "illegal_partition", wrong);
    }
  }

  /** A partition as a range of ids: from {@link #first}, and before {@link #behind}. */
  record Range(String partition) {

    String first() {
      return partition + ":";
    }

    String behind() {
      return partition + ";";
    }
  }

  /**
   * Refuses a partition that cannot be.
   *
   * @throws CouchError 400
   */
  void check(DocumentStore store, String partition) {
    checkName(partition);
    if (!has(store)) {
      throw CouchError.badRequest("database is not partitioned");
    }
  }

  /** {@code GET /db/_partition/name}. Looks at every document of the database. */
  static void info(Exchange exchange, DocumentStore store, Range range) {
    var counts = new long[2];
    try (var rows = store.changes(ChangesQuery.since(0))) {
      rows.forEachRemaining(change -> {
        if (change.id().startsWith(range.first())) {
          counts[change.deleted() ? 1 : 0]++;
        }
      });
    }
    var bytes = 0L;
    var all =
        new AllDocsQuery(
            range.first(), range.behind(), false, null, false, 0, Long.MAX_VALUE, true);
    try (var rows = store.allDocs(all)) {
      while (rows.hasNext()) {
        var document = rows.next().document();
        bytes += document == null ? 0 : document.bodyText().getBytes(StandardCharsets.UTF_8).length;
      }
    }
    var sizes = new JsonObject();
    sizes.addProperty("active", bytes);
    sizes.addProperty("external", bytes);
    var json = new JsonObject();
    json.addProperty("db_name", store.name());
    json.add("sizes", sizes);
    json.addProperty("partition", range.partition());
    json.addProperty("doc_count", counts[0]);
    json.addProperty("doc_del_count", counts[1]);
    exchange.json(200, json);
  }
}
