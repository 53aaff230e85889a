package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.model.AccessEvent.Kind;
import java.util.Collections;
import java.util.List;

/** What is asked of the server as a whole (CouchDB "Server"). */
final class ServerRoutes {
  /** The CouchDB whose behaviour this is; clients look at it. */
  static final String COUCHDB_VERSION = "3.5.0";

  private static final int MOST_UUIDS = 1_000;
  private static final int MOST_INFOS = 100;

  private final Databases databases;
  private final Uuids uuids;
  private final DatabaseRoutes infos;
  private final Partitions partitions;
  private final AccessLog log;

  ServerRoutes(
      Databases databases,
      Uuids uuids,
      DatabaseRoutes infos,
      Partitions partitions,
      AccessLog log) {
    this.log = log;
    this.databases = databases;
    this.uuids = uuids;
    this.infos = infos;
    this.partitions = partitions;
  }

  void welcome(Exchange exchange) {
    var vendor = new JsonObject();
    vendor.addProperty("name", "Jiggety");
    var json = new JsonObject();
    json.addProperty("couchdb", "Welcome");
    json.addProperty("version", COUCHDB_VERSION);
    json.addProperty("uuid", databases.serverUuid());
    json.add("features", new JsonArray());
    json.add("vendor", vendor);
    exchange.json(200, json);
  }

  void up(Exchange exchange) {
    var json = new JsonObject();
    json.addProperty("status", "ok");
    json.add("seeds", new JsonObject());
    exchange.json(200, json);
  }

  void uuids(Exchange exchange) {
    var count = exchange.query().number("count", 1);
    if (count > MOST_UUIDS) {
      throw CouchError.badRequest("count parameter too large");
    }
    var list = new JsonArray();
    for (var i = 0; i < count; i++) {
      list.add(uuids.next());
    }
    var json = new JsonObject();
    json.add("uuids", list);
    exchange.setHeader("Cache-Control", "no-cache").setHeader("Pragma", "no-cache").json(200, json);
  }

  void allDatabases(Exchange exchange) {
    exchange.json(200, JsonText.strings(names(exchange.query())));
  }

  private List<String> names(Query query) {
    var descending = query.flag("descending");
    var key = query.key("key", "key");
    var start = key.or(() -> query.key("startkey", "start_key"));
    var end = key.or(() -> query.key("endkey", "end_key"));
    var inclusive = query.flag("inclusive_end", true) ? 0 : -1;
    List<String> names = databases.list();
    if (descending) {
      Collections.reverse(names);
    }
    var direction = descending ? -1 : 1;
    return names.stream()
        .filter(name -> start.isEmpty() || direction * name.compareTo(start.get()) >= 0)
        .filter(name -> end.isEmpty() || direction * name.compareTo(end.get()) <= inclusive)
        .skip(query.number("skip", 0))
        .limit(query.number("limit", Long.MAX_VALUE))
        .toList();
  }

  /** GET: the databases in a range, POST: those that are named. */
  void databaseInfos(Exchange exchange) {
    if (exchange.method().equals("POST")) {
      exchange.body().requireJson();
      var keys = exchange.body().object().get("keys");
      if (keys == null) {
        throw CouchError.badRequest("`keys` member must exist.");
      }
      var names = Query.strings("keys", keys);
      if (names.size() > MOST_INFOS) {
        throw CouchError.badRequest("too_many_keys");
      }
      exchange.json(200, databaseInfos(names));
    } else {
      exchange.json(200, databaseInfos(names(exchange.query())));
    }
  }

  private JsonArray databaseInfos(List<String> names) {
    var rows = new JsonArray();
    for (var name : names) {
      var row = new JsonObject();
      row.addProperty("key", name);
      databases
          .find(name)
          .ifPresentOrElse(
              store -> row.add("info", infos.info(store)),
              () -> row.addProperty("error", "not_found"));
      rows.add(row);
    }
    return rows;
  }

  /** This hub is the only member of its cluster. */
  void membership(Exchange exchange) {
    var nodes = JsonText.strings(List.of("jiggety@127.0.0.1"));
    var json = new JsonObject();
    json.add("all_nodes", nodes);
    json.add("cluster_nodes", nodes.deepCopy());
    exchange.json(200, json);
  }

  void createDatabase(Exchange exchange) {
    var name = exchange.path().getFirst();
    if (!Databases.isLegalName(name)) {
      throw DatabaseRoutes.illegalName(name);
    }
    var query = exchange.query();
    for (var count : List.of("q", "n")) {
      if (query.text(count).filter(text -> !text.matches("[1-9]\\d{0,8}")).isPresent()) {
        throw CouchError.badRequest("The `" + count + "` value should be a positive integer.");
      }
    }
    var partitioned = query.text("partitioned").orElse("false");
    if (!partitioned.equals("true") && !partitioned.equals("false")) {
      throw CouchError.badRequest("Invalid `partitioned` parameter");
    }
    if (partitioned.equals("true") && name.startsWith("_")) {
      throw CouchError.badRequest("Cannot partition a system database");
    }
    var made = databases.create(name).orElseThrow(CouchError::databaseExists);
    log.add(Kind.RIGHTS, exchange.user(), "made the database " + name);
    if (partitioned.equals("true")) {
      partitions.mark(made);
    }
    exchange.setHeader("Location", exchange.location(name)).json(201, JsonText.ok());
  }
}
