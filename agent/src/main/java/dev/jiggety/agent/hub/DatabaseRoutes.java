package dev.jiggety.agent.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.model.AccessEvent.Kind;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is asked of a database as a whole (CouchDB "Databases"). */
final class DatabaseRoutes {
  private static final System.Logger LOG = System.getLogger(DatabaseRoutes.class.getName());

  private static final String PURGED_INFOS_LIMIT = HubDocuments.PREFIX + "purged_infos_limit";
  private static final int DEFAULT_PURGED_INFOS = 1_000;

  private final Databases databases;
  private final Rights rights;
  private final Partitions partitions;
  private final AccessLog log;
  private final Set<String> compacting = ConcurrentHashMap.newKeySet();

  DatabaseRoutes(Databases databases, Rights rights, Partitions partitions, AccessLog log) {
    this.log = log;
    this.databases = databases;
    this.rights = rights;
    this.partitions = partitions;
  }

  static CouchError illegalName(String name) {
    return new CouchError(
        400,
        "illegal_database_name",
        "Name: '"
            + name
            + "'. Only lowercase characters (a-z), digits (0-9), and any of the characters"
            + " _, $, (, ), +, -, and / are allowed. Must begin with a letter.");
  }

  void info(Exchange exchange, DocumentStore store) {
    exchange.json(200, info(store));
  }

  /** Counts, sizes and sequences of a database. */
  JsonObject info(DocumentStore store) {
    var info = store.info();
    var sizes = new JsonObject();
    sizes.addProperty("file", info.fileBytes());
    sizes.addProperty("external", info.activeBytes());
    sizes.addProperty("active", info.activeBytes());
    var cluster = new JsonObject();
    for (var size : new String[] {"q", "n", "w", "r"}) {
      cluster.addProperty(size, 1);
    }
    var json = new JsonObject();
    json.addProperty("instance_start_time", Long.toString(info.instanceStartTime()));
    json.addProperty("db_name", store.name());
    json.addProperty("purge_seq", Sequences.write(store, info.purgeSeq()));
    json.addProperty("update_seq", Sequences.write(store, info.updateSeq()));
    json.add("sizes", sizes);
    var properties = new JsonObject();
    if (partitions.has(store)) {
      properties.addProperty("partitioned", true);
    }
    json.add("props", properties);
    json.addProperty("doc_del_count", info.deletedCount());
    json.addProperty("doc_count", info.docCount());
    json.addProperty("disk_format_version", 8);
    json.addProperty("compact_running", compacting.contains(store.uuid()));
    json.add("cluster", cluster);
    return json;
  }

  void delete(Exchange exchange, DocumentStore store) {
    if (exchange.query().has("rev")) {
      throw CouchError.badRequest(
          "You tried to DELETE a database with a ?=rev parameter."
              + " Did you mean to DELETE a document instead?");
    }
    if (!databases.delete(store.name())) {
      throw CouchError.noDatabase();
    }
    log.add(Kind.RIGHTS, exchange.user(), "dropped the database " + store.name());
    exchange.json(200, JsonText.ok());
  }

  void security(Exchange exchange, DocumentStore store) {
    exchange.json(200, rights.security(store));
  }

  void setSecurity(Exchange exchange, DocumentStore store) {
    rights.setSecurity(store, exchange.body().object());
    log.add(
        Kind.RIGHTS,
        exchange.user(),
        "opened %s to %s".formatted(store.name(), Rights.inWords(rights.security(store))));
    exchange.json(200, JsonText.ok());
  }

  void revsLimit(Exchange exchange, DocumentStore store) {
    exchange.json(200, store.revsLimit() + "\n");
  }

  void setRevsLimit(Exchange exchange, DocumentStore store) {
    var value = exchange.body().json(JsonText::whole);
    if (!isPositive(value)) {
      throw CouchError.badRequest("Rev limit has to be an integer greater than 0");
    }
    store.setRevsLimit(value.getAsInt());
    exchange.json(200, JsonText.ok());
  }

  /** How many purges would be remembered for others; none are, because nobody asks. */
  void purgedInfosLimit(Exchange exchange, DocumentStore store) {
    var limit = store.local(PURGED_INFOS_LIMIT).map(json -> json.get("limit").getAsInt());
    exchange.json(200, limit.orElse(DEFAULT_PURGED_INFOS) + "\n");
  }

  void setPurgedInfosLimit(Exchange exchange, DocumentStore store) {
    var value = exchange.body().json(JsonText::whole);
    if (!isPositive(value)) {
      throw CouchError.badRequest("`purge_infos_limit` must be positive integer");
    }
    var json = new JsonObject();
    json.add("limit", value);
    store.putLocal(PURGED_INFOS_LIMIT, json, Optional.empty());
    exchange.json(200, JsonText.ok());
  }

  private static boolean isPositive(JsonElement value) {
    return value instanceof JsonPrimitive number && number.getAsString().matches("[1-9]\\d{0,8}");
  }

  /** Answers at once; the work goes on behind. */
  void compact(Exchange exchange, DocumentStore store) {
    exchange.body().requireJson();
    var uuid = store.uuid();
    if (compacting.add(uuid)) {
      Thread.ofVirtual().name("hub-compact-" + store.name()).start(() -> compact(store, uuid));
    }
    exchange.json(202, JsonText.ok());
  }

  private void compact(DocumentStore store, String uuid) {
    try {
      store.compact();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "compaction of " + store.name() + " ended early", e);
    } finally {
      compacting.remove(uuid);
    }
  }

  /** Everything that was answered is on the disk already. */
  void ensureFullCommit(Exchange exchange, DocumentStore store) {
    exchange.body().requireJson();
    var json = JsonText.ok();
    json.addProperty("instance_start_time", Long.toString(store.info().instanceStartTime()));
    exchange.json(201, json);
  }
}
