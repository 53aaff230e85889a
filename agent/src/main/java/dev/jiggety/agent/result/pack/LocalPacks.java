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
   * Drops packs that the hub has and that are old, in the order in which they were made; stops at
   * the first that has to stay.
   *
   * @param pushed up to which sequence the hub has the packs of a database
   */
  void purge(Map<String, Long> pushed, Instant before) {
    pushed.forEach((database, seq) -> {
      if (names.isArchive(database)) {
        databases.find(database).ifPresent(store -> purge(store, seq, before));
      }
    });
  }

  private static void purge(DocumentStore store, long pushed, Instant before) {
    Map<String, List<Revision>> old = new HashMap<>();
    try (var rows = store.changes(ChangesQuery.since(0).withLimit(MOST_PURGED))) {
      while (rows.hasNext()) {
        Change row = rows.next();
        if (row.seq() > pushed || !isBefore(row.id(), before)) {
          break;
        }
        old.put(row.id(), row.leaves());
      }
    }
    if (!old.isEmpty()) {
      store.purge(old);
    }
  }

  private static boolean isBefore(String id, Instant time) {
    JsonObject document = new JsonObject();
    document.addProperty("_id", id);
    try {
      return PackDocument.key(document).from().isBefore(time);
    } catch (DocumentException e) {
      return false; // not ours: nothing is known of it, so it stays
    }
  }
}
