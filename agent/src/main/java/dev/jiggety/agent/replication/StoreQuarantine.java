package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.WriteOutcome;
import dev.jiggety.document.CanonicalJson;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A quarantine in local documents of a store, one for each entry: durable with the store, gone with
 * it, and never replicated. Several replications of one store do not see each other's.
 */
public final class StoreQuarantine implements Quarantine {
  private static final String LOCAL = "_local/";
  private static final int PAGE = 200;

  private record Key(String id, Revision rev) {}

  private final DocumentStore store;
  private final String prefix;
  private final Map<Key, QuarantinedDocument> entries = new LinkedHashMap<>();

  /**
   * Reads what is in the store.
   *
   * @param replication the {@link Replicator#id} of the replication whose quarantine this is
   */
  public StoreQuarantine(DocumentStore store, String replication) {
    this.store = store;
    this.prefix = "quarantine-" + replication + "-";
    load();
  }

  private void load() {
    var skip = 0L;
    List<JsonObject> page;
    do {
      page = store.locals(skip, PAGE);
      skip += page.size();
      for (var document : page) {
        if (document.get("_id").getAsString().startsWith(LOCAL + prefix)) {
          var entry = read(document);
          entries.put(new Key(entry.id(), entry.rev()), entry);
        }
      }
    } while (page.size() == PAGE);
  }

  @Override
  public synchronized void add(QuarantinedDocument document) {
    var key = new Key(document.id(), document.rev());
    var outcome = store.putLocal(localId(key), write(document), Optional.empty());
    if (!(outcome instanceof WriteOutcome.Stored)) {
      throw new IllegalStateException("quarantine entry was not stored: " + outcome);
    }
    entries.put(key, document);
  }

  @Override
  public synchronized void remove(String id, Revision rev) {
    var key = new Key(id, rev);
    if (entries.containsKey(key)) {
      store.deleteLocal(localId(key));
      entries.remove(key);
    }
  }

  @Override
  public synchronized Optional<QuarantinedDocument> find(String id, Revision rev) {
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(entries.get(new Key(id, rev)));
  }

  @Override
  public synchronized List<QuarantinedDocument> list() {
    return entries.values().stream().sorted(Comparator.comparing(QuarantinedDocument::at)).toList();
  }

  @Override
  public synchronized int count() {
    return entries.size();
  }

  private String localId(Key key) {
    // A document's id may be longer than what suits the id of a local document.
    return prefix + CanonicalJson.md5(new JsonPrimitive(key.id + " " + key.rev));
  }

  private static JsonObject write(QuarantinedDocument entry) {
    var json = new JsonObject();
    json.addProperty("id", entry.id());
    json.addProperty("rev", entry.rev().toString());
    json.add("seq", entry.seq());
    json.addProperty("at", entry.at().toString());
    json.addProperty("error", entry.error());
    json.addProperty("reason", entry.reason());
    json.addProperty("attempts", entry.attempts());
    return json;
  }

  private static QuarantinedDocument read(JsonObject json) {
    JsonElement seq = json.get("seq");
    return new QuarantinedDocument(
        json.get("id").getAsString(),
        Revision.parse(json.get("rev").getAsString()),
        seq == null ? Checkpoint.START : seq,
        Instant.parse(json.get("at").getAsString()),
        json.get("error").getAsString(),
        json.get("reason").getAsString(),
        json.get("attempts").getAsInt());
  }
}
