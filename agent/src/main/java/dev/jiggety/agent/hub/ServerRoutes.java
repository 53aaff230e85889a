package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.agent.store.Databases;
import java.util.Collections;
import java.util.List;

/** What is asked of the server as a whole (CouchDB "Server"). */
final class ServerRoutes {
  /** The CouchDB whose behaviour this is; clients look at it. */
  static final String COUCHDB_VERSION = "3.5.0";

  private static final int MOST_UUIDS = 1_000;

  private final Databases databases;
  private final Uuids uuids;

  ServerRoutes(Databases databases, Uuids uuids) {
    this.databases = databases;
    this.uuids = uuids;
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
    exchange.setHeader("Cache-Control", "no-cache").json(200, json);
  }

  void allDatabases(Exchange exchange) {
    var query = exchange.query();
    var descending = query.flag("descending");
    var start = query.key("startkey", "start_key");
    var end = query.key("endkey", "end_key");
    List<String> names = databases.list();
    if (descending) {
      Collections.reverse(names);
    }
    var direction = descending ? -1 : 1;
    var wanted =
        names.stream()
            .filter(name -> start.isEmpty() || direction * name.compareTo(start.get()) >= 0)
            .filter(name -> end.isEmpty() || direction * name.compareTo(end.get()) <= 0)
            .skip(query.number("skip", 0))
            .limit(query.number("limit", Long.MAX_VALUE))
            .toList();
    exchange.json(200, JsonText.strings(wanted));
  }

  void createDatabase(Exchange exchange) {
    var name = exchange.path().getFirst();
    if (!Databases.isLegalName(name)) {
      throw DatabaseRoutes.illegalName(name);
    }
    if (exchange.query().flag("partitioned")) {
      throw CouchError.notImplemented("A partitioned database");
    }
    if (databases.create(name).isEmpty()) {
      throw CouchError.databaseExists();
    }
    exchange.setHeader("Location", exchange.location(name)).json(201, JsonText.ok());
  }
}
