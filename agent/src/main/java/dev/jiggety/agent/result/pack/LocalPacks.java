package dev.jiggety.agent.result.pack;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.Change;
import dev.jiggety.agent.store.ChangesQuery;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.WriteOutcome;
import dev.jiggety.couch.IdRange;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.PackDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Packs in the node's own replicas of the archive. */
final class LocalPacks {
  private static final int MOST_PURGED = 500;

  private final Databases databases;
  private final DatabaseNames names;

  LocalPacks(Databases databases, DatabaseNames names) {
    this.databases = databases;
    this.names = names;
  }

  /** Stores packs; one that is there already stays as it is. */
  void store(List<Ledger.Made> packs) {
    Map<String, List<DocumentWrite>> writes = new TreeMap<>();
    for (Ledger.Made pack : packs) {
      JsonObject body = JsonParser.parseString(pack.json()).getAsJsonObject();
      Revision rev = Revision.parse(body.remove("_rev").getAsString());
      writes
          .computeIfAbsent(pack.database(), none -> new ArrayList<>())
          .add(DocumentWrite.replicated(pack.id(), body, List.of(rev), false));
    }
    writes.forEach((database, documents) -> {
      for (WriteOutcome outcome : databases.findOrCreate(database).bulk(documents, false)) {
        if (!(outcome instanceof WriteOutcome.Stored)) {
          throw new IllegalStateException("the local store refused " + outcome);
        }
      }
    });
  }

  /** The documents whose ids begin like this. */
  List<JsonObject> packs(String database, String prefix) {
    List<JsonObject> packs = new ArrayList<>();
    Optional<DocumentStore> store = databases.find(database);
    if (store.isPresent()) {
      AllDocsQuery query = AllDocsQuery.range(prefix, prefix + IdRange.END).withDocs();
      try (var rows = store.get().allDocs(query)) {
        while (rows.hasNext()) {
          var row = rows.next();
          var document = row.document();
          if (document != null) {
            JsonObject json = document.body();
            json.addProperty("_id", row.id());
            packs.add(json);
          }
        }
      }
    }
    return packs;
  }

  /**
   * Packs that may go.
   *
   * @param revisions by id
   * @param end when the last of their spans ends
   */
  record Old(Map<String, List<Revision>> revisions, Instant end) {}

  /**
   * Packs that the hub has and that are old, in the order in which they were made, up to the first
   * that has to stay; not more than are dropped at once.
   *
   * @param pushed up to which sequence the hub has the packs of the database
   */
  Old old(String database, long pushed, Instant before) {
    Map<String, List<Revision>> revisions = new HashMap<>();
    Instant end = Instant.EPOCH;
    Optional<DocumentStore> store =
        names.isArchive(database) ? databases.find(database) : Optional.empty();
    if (store.isPresent()) {
      try (var rows = store.get().changes(ChangesQuery.since(0).withLimit(MOST_PURGED))) {
        while (rows.hasNext()) {
          Change row = rows.next();
          Optional<Instant> ends = end(row.id());
          if (row.seq() > pushed || ends.isEmpty() || ends.get().isAfter(before)) {
            break;
          }
          revisions.put(row.id(), row.leaves());
          end = end.isAfter(ends.get()) ? end : ends.get();
        }
      }
    }
    return new Old(revisions, end);
  }

  /** Drops packs. */
  void purge(String database, Old old) {
    databases.find(database).ifPresent(store -> store.purge(old.revisions()));
  }

  /** When the span of a pack ends; empty for what is not ours: nothing is known of it. */
  private static Optional<Instant> end(String id) {
    JsonObject document = new JsonObject();
    document.addProperty("_id", id);
    try {
      Duration length = id.startsWith("day:") ? Duration.ofDays(1) : Duration.ofHours(1);
      return Optional.of(PackDocument.key(document).from().plus(length));
    } catch (DocumentException e) {
      return Optional.empty();
    }
  }
}
