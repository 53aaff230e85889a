package dev.jiggety.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.HubRole;
import dev.jiggety.repository.RightsCaller.Answer;
import dev.jiggety.repository.RightsTable.Row;
import dev.jiggety.repository.couch.Accounts;
import dev.jiggety.repository.couch.Provisioner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Every role tries everything in every database, in every way that CouchDB's API has, and gets what
 * the {@link RightsTable} gives it, and nothing else. Extend it for each server that can be a hub;
 * its administrator is {@code root}, password {@code secret}.
 */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class RightsMatrixContract {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final DatabaseNames NAMES = new DatabaseNames("m-");
  private static final String PASSWORD = "secret";
  private static final String MARK = "marked-92b1";

  private final RightsDeeds deeds = new RightsDeeds();
  private final Map<HubRole, RightsCaller> callers = new EnumMap<>(HubRole.class);
  private final List<String> wrong = new ArrayList<>();
  private HttpClient http;
  private RightsCaller root;
  private int revisions;

  /** Where the server is. */
  protected abstract URI url();

  /** Whether this server enforces what is tried, named as in the request: {@code GET _all_dbs}. */
  protected boolean enforces(String attempt) {
    return true;
  }

  @BeforeAll
  protected void provision() {
    http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    root = new RightsCaller(http, url(), "root", PASSWORD);
    HubAddress address =
        HubAddress.parse(url().toString(), Optional.of(Credentials.of("root", PASSWORD)));
    try (Hub hub = Hub.open(address, HubOptions.DEFAULT)) {
      Accounts accounts = new Accounts(hub);
      for (HubRole role : HubRole.values()) {
        String name = account(role);
        accounts.add(name, Secret.of(PASSWORD), Set.of(role));
        callers.put(role, new RightsCaller(http, url(), name, PASSWORD));
      }
      new Provisioner(hub, NAMES).provision(NOON);
    }
  }

  @AfterAll
  void close() {
    http.shutdownNow();
  }

  private static String account(HubRole role) {
    String name = role.label().replace("jiggety-", "");
    return role == HubRole.GUEST ? "guest-i1" : "one-" + name;
  }

  @Test
  void everyRoleGetsWhatThePageSaysAndNothingElse() {
    for (Row row : RightsTable.rows()) {
      for (HubRole role : HubRole.values()) {
        attempt(row, role);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private void attempt(Row row, HubRole role) {
    String account = account(role);
    switch (RightsDeeds.way(row)) {
      case READ -> read(row, role);
      case CREATE, WRITE -> deeds.documents(row, account).forEach(it -> write(row, role, it));
      case CHANGE -> deeds.documents(row, account).forEach(it -> change(row, role, it, false));
      case DELETE -> deeds.documents(row, account).forEach(it -> change(row, role, it, true));
      case CHANGE_AND_DELETE -> {
        deeds.documents(row, account).forEach(it -> change(row, role, it, false));
        deeds.documents(row, account).forEach(it -> change(row, role, it, true));
      }
      case ADMINISTER -> administer(row, role);
    }
  }

  // -- reading ----------------------------------------------------------------------------------

  private void read(Row row, HubRole role) {
    String database = database(row);
    String id = seedToRead(row);
    JsonObject all = new JsonObject();
    all.add("selector", new JsonObject());
    JsonObject wanted = new JsonObject();
    JsonArray docs = new JsonArray();
    JsonObject reference = new JsonObject();
    reference.addProperty("id", id);
    docs.add(reference);
    wanted.add("docs", docs);
    JsonObject keys = new JsonObject();
    JsonArray ids = new JsonArray();
    ids.add(id);
    keys.add("keys", ids);
    RightsCaller caller = callers.get(role);
    String path = database + "/";
    looks(row, role, "GET {db}", () -> caller.get(database));
    looks(row, role, "GET {doc}", () -> caller.get(path + id));
    looks(row, role, "HEAD {doc}", () -> caller.send("HEAD", path + id, ""));
    looks(
        row, role, "GET {doc} open_revs", () -> caller.get(path + id + "?open_revs=all&revs=true"));
    looks(row, role, "GET {doc}/mark", () -> caller.get(path + id + "/mark"));
    looks(row, role, "GET _all_docs", () -> caller.get(path + "_all_docs?include_docs=true"));
    looks(
        row,
        role,
        "POST _all_docs",
        () -> caller.send("POST", path + "_all_docs?include_docs=true", keys));
    looks(row, role, "GET _changes", () -> caller.get(path + "_changes?include_docs=true"));
    String selected = path + "_changes?filter=_selector&include_docs=true";
    looks(row, role, "POST _changes", () -> caller.send("POST", selected, all));
    looks(row, role, "POST _bulk_get", () -> caller.send("POST", path + "_bulk_get", wanted));
    looks(row, role, "POST _find", () -> caller.send("POST", path + "_find", all));
    looks(row, role, "POST _explain", () -> caller.send("POST", path + "_explain", all));
    looks(row, role, "GET _index", () -> caller.get(path + "_index"));
    looks(
        row,
        role,
        "POST _revs_diff",
        () -> caller.send("POST", path + "_revs_diff", "{\"a\":[\"1-a\"]}"));
    looks(row, role, "GET _security", () -> caller.get(path + "_security"));
    looks(row, role, "GET _design", () -> caller.get(path + "_design/jiggety"));
    looks(row, role, "GET _local", () -> caller.get(path + "_local/seed"));
    looks(
        row,
        role,
        "PUT _local",
        () -> caller.send("PUT", path + "_local/of-" + role.label(), "{}"));
    looks(row, role, "GET _local_docs", () -> caller.get(path + "_local_docs?include_docs=true"));
    for (String view : VIEWS.getOrDefault(row.database(), List.of())) {
      String name = path + "_design/jiggety/_view/" + view;
      looks(row, role, "GET _view", () -> caller.get(name + "?reduce=false&include_docs=true"));
    }
    copies(row, role, database);
  }

  private static final Map<String, List<String>> VIEWS =
      Map.of(
          "patches", List.of("open", "places", "newest"),
          "incidents", List.of("open", "ended", "subject"),
          "live", List.of("verdicts", "runs"),
          "archive", List.of("counts", "days", "phases", "times"));

  /** A document with a mark in it, in an attachment and in a local document. */
  private String seedToRead(Row row) {
    String id =
        switch (row.database()) {
          case "config" -> "test:read";
          case "patches" -> "rollout:read";
          case "status" -> "node:read";
          case "live" -> "batch:20261121T120000000:read:s1:1";
          case "archive" -> "pack:shop:2026112112:read:1";
          case "incidents" -> "incident:read";
          case "enrolment" -> "member:read";
          default -> "release:read";
        };
    JsonObject seed = new JsonObject();
    seed.addProperty("_id", id);
    seed.addProperty("type", id.replaceAll(":.*", ""));
    seed.addProperty("schema", 1);
    seed.addProperty("mark", MARK);
    JsonObject attachments = new JsonObject();
    JsonObject attachment = new JsonObject();
    attachment.addProperty("content_type", "text/plain");
    attachment.addProperty("data", "bWFya2VkLTkyYjE="); // the mark
    attachments.add("mark", attachment);
    seed.add("_attachments", attachments);
    if (!root.get(database(row) + "/" + id).isGood()) {
      assertThat(root.send("PUT", database(row) + "/" + id, seed).isGood()).isTrue();
      root.send("PUT", database(row) + "/_local/seed", "{\"mark\":\"" + MARK + "\"}");
    }
    return id;
  }

  private void looks(Row row, HubRole role, String how, Supplier<Answer> attempt) {
    if (!enforces(how)) {
      return;
    }
    Answer answer = attempt.get();
    boolean mayRead = row.allowed().contains(role);
    boolean told = answer.isGood() || answer.body().contains(MARK);
    if (mayRead != told) {
      wrong.add("%s %s %s: %s".formatted(role.label(), how, row.database(), answer));
    }
  }

  /** Whether the hub itself copies it to where the role could read it. */
  private void copies(Row row, HubRole role, String database) {
    String how = "POST _replicate";
    if (!enforces(how) || row.allowed().contains(role)) {
      return;
    }
    String target = "m-copy-" + row.database();
    root.send("PUT", target, "");
    root.send("PUT", target + "/_security", "{\"members\":{\"roles\":[\"" + role.label() + "\"]}}");
    JsonObject order = new JsonObject();
    order.addProperty("source", database);
    order.addProperty("target", target);
    callers.get(role).send("POST", "_replicate", order);
    if (root.get(target + "/_all_docs?include_docs=true").body().contains(MARK)) {
      wrong.add("%s %s %s".formatted(role.label(), how, row.database()));
    }
    root.send("DELETE", target, "");
  }

  // -- writing ----------------------------------------------------------------------------------

  private void write(Row row, HubRole role, JsonObject document) {
    String id = document.get("_id").getAsString();
    String before = state(row, id);
    if (before.contains("\"_rev\"")) {
      document.add("_rev", root.get(path(row, id)).json().get("_rev"));
    }
    boolean mayWrite = row.allowed().contains(role);
    RightsCaller caller = callers.get(role);
    for (String how : List.of("bulk replicated", "bulk", "POST", "PUT")) {
      if (mayWrite && !how.equals("PUT")) {
        continue; // it is written once
      }
      boolean isTaken = put(caller, row, document, how);
      if (isTaken != mayWrite || mayWrite == state(row, id).equals(before)) {
        wrong.add("%s %s %s %s".formatted(role.label(), how, row, document));
      }
    }
  }

  private boolean put(RightsCaller caller, Row row, JsonObject document, String how) {
    String database = database(row);
    return switch (how) {
      case "PUT" ->
          caller.send("PUT", path(row, document.get("_id").getAsString()), document).isGood();
      case "POST" -> caller.send("POST", database, document).isGood();
      case "bulk" -> bulk(caller, database, document, true);
      default -> bulk(caller, database, document, false);
    };
  }

  private boolean bulk(
      RightsCaller caller, String database, JsonObject document, boolean newEdits) {
    JsonObject written = document.deepCopy();
    if (!newEdits) {
      JsonArray ids = new JsonArray();
      ids.add("%032x".formatted(++revisions));
      String rev = written.has("_rev") ? written.get("_rev").getAsString() : "0-";
      if (written.has("_rev")) {
        ids.add(rev.substring(rev.indexOf('-') + 1));
      }
      int start = Integer.parseInt(rev.substring(0, rev.indexOf('-'))) + 1;
      JsonObject history = new JsonObject();
      history.addProperty("start", start);
      history.add("ids", ids);
      written.add("_revisions", history);
      written.addProperty("_rev", start + "-" + ids.get(0).getAsString());
    }
    JsonArray docs = new JsonArray();
    docs.add(written);
    JsonObject body = new JsonObject();
    body.add("docs", docs);
    body.add("new_edits", new JsonPrimitive(newEdits));
    return caller.send("POST", database + "/_bulk_docs", body).isTaken();
  }

  private void change(Row row, HubRole role, JsonObject document, boolean deletes) {
    String id = document.get("_id").getAsString();
    if (!root.get(path(row, id)).isGood()) {
      Answer seeded = root.send("PUT", path(row, id), document);
      assertThat(seeded.isGood()).as(document + " by root: " + seeded).isTrue();
    }
    String before = state(row, id);
    JsonObject changed = document.deepCopy();
    String rev = root.get(path(row, id)).json().get("_rev").getAsString();
    changed.addProperty("_rev", rev);
    changed.addProperty("colour", "green");
    if (deletes) {
      changed.addProperty("_deleted", true);
    }
    RightsCaller caller = callers.get(role);
    boolean mayChange = row.allowed().contains(role);
    if (mayChange) {
      boolean isTaken = put(caller, row, changed, "bulk");
      if (!isTaken || state(row, id).equals(before)) {
        wrong.add("%s cannot %s %s".formatted(role.label(), row, changed));
      }
      return;
    }
    bulk(caller, database(row), changed, false);
    bulk(caller, database(row), changed, true);
    caller.send("PUT", path(row, id), changed);
    if (deletes) {
      caller.send("DELETE", path(row, id) + "?rev=" + rev, "");
    } else {
      caller.send("PUT", path(row, id) + "/evil?rev=" + rev, "evil", "text/plain");
    }
    if (!state(row, id).equals(before)) {
      wrong.add("%s can %s %s".formatted(role.label(), row, changed));
    }
  }

  /** All revisions of a document, as an administrator sees them. */
  private String state(Row row, String id) {
    Answer all = root.get(path(row, id) + "?conflicts=true&deleted_conflicts=true");
    return all.status() + all.body();
  }

  // -- administering ----------------------------------------------------------------------------

  private void administer(Row row, HubRole role) {
    RightsCaller caller = callers.get(role);
    List<String> databases =
        List.of(
            NAMES.config(),
            NAMES.patches(),
            NAMES.status(),
            NAMES.live(NOON),
            NAMES.archive(NOON),
            NAMES.incidents(),
            NAMES.enrolment(),
            NAMES.bundles());
    for (String database : databases) {
      String path = database + "/";
      String design = root.get(path + "_design/jiggety").body();
      String rev = root.get(path + "_design/jiggety").json().get("_rev").getAsString();
      String security = root.get(path + "_security").body();
      String rule = "{\"validate_doc_update\":\"function(){throw({forbidden:'mine'})}\"}";
      denied(role, "PUT _security", () -> caller.send("PUT", path + "_security", "{}"));
      denied(role, "PUT _design", () -> caller.send("PUT", path + "_design/evil", rule));
      denied(
          role,
          "PUT our _design",
          () -> caller.send("PUT", path + "_design/jiggety?rev=" + rev, rule));
      String gone = path + "_design/jiggety?rev=" + rev;
      denied(role, "DELETE _design", () -> caller.send("DELETE", gone, ""));
      String index = "{\"index\":{\"fields\":[\"a\"]},\"ddoc\":\"evil\"}";
      denied(role, "POST _index", () -> caller.send("POST", path + "_index", index));
      denied(role, "PUT _revs_limit", () -> caller.send("PUT", path + "_revs_limit", "1"));
      denied(role, "POST _purge", () -> caller.send("POST", path + "_purge", "{\"a\":[\"1-a\"]}"));
      denied(role, "POST _compact", () -> caller.send("POST", path + "_compact", "{}"));
      denied(role, "POST _view_cleanup", () -> caller.send("POST", path + "_view_cleanup", "{}"));
      denied(role, "DELETE {db}", () -> caller.send("DELETE", database, ""));
      boolean isSame =
          root.get(path + "_design/jiggety").body().equals(design)
              && root.get(path + "_security").body().equals(security);
      if (!isSame) {
        wrong.add("%s %s %s".formatted(role.label(), row, database));
      }
    }
    server(role, caller);
  }

  private void server(HubRole role, RightsCaller caller) {
    String users = "_users/org.couchdb.user:";
    String other = role == HubRole.OPERATOR ? "one-viewer" : "one-operator";
    denied(role, "PUT {db}", () -> caller.send("PUT", "m-evil", ""));
    denied(role, "GET _all_dbs", () -> caller.get("_all_dbs"));
    denied(role, "GET _users/_all_docs", () -> caller.get("_users/_all_docs?include_docs=true"));
    denied(role, "GET _users/_changes", () -> caller.get("_users/_changes?include_docs=true"));
    denied(role, "GET another account", () -> caller.get(users + other));
    JsonObject own = root.get(users + caller.name()).json();
    own.getAsJsonArray("roles").add(HubRole.MANAGER.label());
    own.getAsJsonArray("roles").add("more");
    denied(role, "PUT own roles", () -> caller.send("PUT", users + caller.name(), own));
    String evil =
        "{\"name\":\"evil\",\"password\":\"secret\",\"roles\":[\"jiggety-manager\"],\"type\":\"user\"}";
    denied(role, "PUT an account", () -> caller.send("PUT", users + "evil", evil));
    String job = "{\"source\":\"m-config\",\"target\":\"m-evil\",\"create_target\":true}";
    denied(role, "POST _replicator", () -> caller.send("POST", "_replicator", job));
    String node = "_node/_local/_config/admins/evil";
    denied(role, "PUT _config", () -> caller.send("PUT", node, "\"secret\""));
    denied(role, "GET _active_tasks", () -> caller.get("_active_tasks"));
    denied(role, "GET _scheduler", () -> caller.get("_scheduler/jobs"));
    denied(role, "GET _db_updates", () -> caller.get("_db_updates"));
  }

  private void denied(HubRole role, String how, Supplier<Answer> attempt) {
    if (!enforces(how)) {
      return;
    }
    Answer answer = attempt.get();
    if (answer.isGood()) {
      wrong.add("%s %s: %s".formatted(role.label(), how, answer));
    }
  }

  private static String path(Row row, String id) {
    return database(row) + "/" + id;
  }

  private static String database(Row row) {
    return switch (row.database()) {
      case "live" -> NAMES.live(NOON);
      case "archive" -> NAMES.archive(NOON);
      default -> NAMES.prefix() + row.database();
    };
  }
}
