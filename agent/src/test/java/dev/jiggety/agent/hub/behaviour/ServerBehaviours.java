package dev.jiggety.agent.hub.behaviour;

import static dev.jiggety.agent.hub.behaviour.Behaviour.behaviour;

import java.util.List;

/** The server, and databases as wholes (api/server, api/database). */
final class ServerBehaviours {
  private ServerBehaviours() {}

  static List<Behaviour> all() {
    return List.of(
        behaviour(
            "the server says who it is",
            couch ->
                couch.get("/").is(200).has("couchdb", "\"Welcome\"").matches("version", "\\d.*")),
        behaviour(
            "it says that it is up", couch -> couch.get("/_up").is(200).has("status", "\"ok\"")),
        behaviour(
            "HEAD works where GET does",
            couch -> {
              couch.head("/").is(200).body("");
              couch.head("").is(200).body("");
              couch.head("_all_docs").is(200).body("");
              couch.head("/no_such_database").is(404).body("");
            }),
        behaviour(
            "it makes ids",
            couch -> {
              couch.get("/_uuids").is(200).count("uuids", 1).matches("uuids.0", "[0-9a-f]{32}");
              couch.get("/_uuids?count=3").count("uuids", 3);
            }),
        behaviour(
            "there is a limit to the ids it makes at once",
            couch -> couch.get("/_uuids?count=100000").is(400)),
        behaviour(
            "a database that is made is listed and has a location",
            couch -> {
              var name = couch.database() + "x";
              couch
                  .put("/" + name, "")
                  .is(201)
                  .has("ok", "true")
                  .headerLike("Location", ".*/" + name);
              couch
                  .get("/_all_dbs?startkey=%22" + name + "%22&limit=1")
                  .is(200)
                  .has("", "[\"" + name + "\"]");
              couch.delete("/" + name).is(200).has("ok", "true");
              couch.get("/" + name).error(404, "not_found");
            }),
        behaviour(
            "databases are listed downwards too",
            couch ->
                couch
                    .get(
                        "/_all_dbs?descending=true&startkey=%22"
                            + couch.database()
                            + "%22&endkey=%22"
                            + couch.database()
                            + "%22")
                    .has("", "[\"" + couch.database() + "\"]")),
        behaviour("a database is made once", couch -> couch.put("", "").error(412, "file_exists")),
        behaviour(
            "names of databases are checked",
            couch -> {
              couch.put("/Upper", "").error(400, "illegal_database_name");
              couch.put("/_under", "").error(400, "illegal_database_name");
              couch.put("/1digit", "").error(400, "illegal_database_name");
            }),
        behaviour(
            "names of databases may have a slash",
            couch -> {
              couch.put("/" + couch.database() + "%2Fb", "").is(201);
              couch
                  .get("/" + couch.database() + "%2Fb")
                  .is(200)
                  .has("db_name", "\"" + couch.database() + "/b\"");
              couch.delete("/" + couch.database() + "%2Fb").is(200);
            }),
        behaviour(
            "a database that is not there is missing",
            couch -> {
              couch.get("/none").error(404, "not_found", "Database does not exist.");
              couch.delete("/none").error(404, "not_found", "Database does not exist.");
              couch.get("/none/_all_docs").error(404, "not_found", "Database does not exist.");
              couch.put("/none/doc", "{}").error(404, "not_found", "Database does not exist.");
            }),
        behaviour(
            "deleting a database with a revision is a mistake",
            couch -> couch.delete("?rev=1-a").error(400, "bad_request")),
        behaviour(
            "a database tells its counts",
            couch -> {
              couch
                  .get("")
                  .is(200)
                  .has("doc_count", "0")
                  .has("doc_del_count", "0")
                  .has("db_name", "\"" + couch.database() + "\"")
                  .matches("instance_start_time", "\\d+");
              var rev = couch.store("a", "{}");
              couch.store("b", "{}");
              couch.delete("a?rev=" + rev).is(200);
              couch.get("").has("doc_count", "1").has("doc_del_count", "1");
            }),
        behaviour(
            "a database tells its sizes, sequences and layout",
            couch -> {
              var info = couch.get("").is(200);
              for (var member :
                  List.of(
                      "sizes.file",
                      "sizes.active",
                      "sizes.external",
                      "cluster.q",
                      "purge_seq",
                      "update_seq",
                      "disk_format_version",
                      "compact_running",
                      "props")) {
                info.text(member.equals("props") ? "cluster.n" : member);
              }
            }),
        behaviour(
            "several databases are told of at once",
            couch -> {
              couch
                  .post("/_dbs_info", "{\"keys\":[\"" + couch.database() + "\",\"none\"]}")
                  .is(200)
                  .has("0.info.doc_count", "0")
                  .has("1", "{\"key\":\"none\",\"error\":\"not_found\"}");
              couch.post("/_dbs_info", "{}").error(400, "bad_request");
              couch
                  .get("/_dbs_info?startkey=%22" + couch.database() + "%22&limit=1")
                  .is(200)
                  .has("0.key", "\"" + couch.database() + "\"");
            }),
        behaviour(
            "the members of the cluster are told",
            couch ->
                couch.get("/_membership").is(200).count("all_nodes", 1).count("cluster_nodes", 1)),
        behaviour(
            "the limit of revisions is told and set",
            couch -> {
              couch.get("_revs_limit").is(200).body("1000\n");
              couch.put("_revs_limit", "5").is(200).has("ok", "true");
              couch.get("_revs_limit").body("5\n");
            }),
        behaviour(
            "compaction is begun", couch -> couch.post("_compact", "").is(202).has("ok", "true")),
        behaviour(
            "a full commit is nothing but an answer",
            couch ->
                couch
                    .post("_ensure_full_commit", "")
                    .is(201)
                    .has("ok", "true")
                    .matches("instance_start_time", "\\d+")),
        behaviour(
            "what wants JSON wants it called JSON",
            couch -> {
              for (var path : List.of("", "_bulk_docs", "_bulk_get", "_revs_diff", "_compact")) {
                couch.post(path, "{}", "Content-Type", "text/plain").error(415, "bad_content_type");
              }
            }),
        behaviour(
            "methods that are not there are named",
            couch -> {
              couch.delete("/_up").error(405, "method_not_allowed").headerLike("Allow", ".*GET.*");
              couch.put("_all_docs", "{}").error(405, "method_not_allowed");
              couch.get("_bulk_docs").error(405, "method_not_allowed");
            }),
        behaviour(
            "answers are to be asked for again, and are called what was asked for",
            couch -> {
              couch
                  .get("")
                  .header("Cache-Control", "must-revalidate")
                  .header("Content-Type", "application/json");
              couch.get("", "Accept", "*/*").header("Content-Type", "application/json");
              couch.get("", "Accept", "text/html").headerLike("Content-Type", "text/plain.*");
            }),
        behaviour(
            "each answer has an id",
            couch -> couch.get("").headerLike("X-Couch-Request-ID", "[0-9a-f]{10}")),
        behaviour(
            "documents are purged without a trace",
            couch -> {
              var rev = couch.store("a", "{}");
              couch
                  .post("_purge", "{\"a\":[\"" + rev + "\"],\"none\":[\"1-a\"]}")
                  .is(201)
                  .has("purged.a", "[\"" + rev + "\"]")
                  .has("purge_seq", "null");
              couch.get("a").error(404, "not_found", "missing");
              couch.get("").has("doc_count", "0").has("doc_del_count", "0");
            }),
        behaviour(
            "purges have limits that are told",
            couch -> {
              couch.get("_purged_infos_limit").is(200).body("1000\n");
              couch.put("_purged_infos_limit", "10").is(200);
              couch.get("_purged_infos_limit").body("10\n");
              couch.put("_purged_infos_limit", "0").error(400, "bad_request");
              couch
                  .post("_purge", "{\"a\":[\"x\"]}")
                  .error(400, "bad_request", "Invalid rev format");
            }),
        behaviour("a database may have partitions", ServerBehaviours::partitions),
        behaviour(
            "parameters of a new database are checked",
            couch -> {
              couch.put("/" + couch.database() + "x?q=0", "").error(400, "bad_request");
              couch
                  .put("/" + couch.database() + "x?partitioned=maybe", "")
                  .error(400, "bad_request");
            }));
  }

  private static void partitions(Couch couch) {
    couch.get("_partition/p").error(400, "bad_request", "database is not partitioned");
    couch.delete("").is(200);
    couch.put("?partitioned=true", "").is(201);
    couch.get("").has("props.partitioned", "true");
    couch.store("p:1", "{}");
    couch.store("p:2", "{}");
    couch.store("q:1", "{}");
    couch.put("plain", "{}").error(400, "illegal_docid", "Doc id must be of form partition:id");
    couch.put(":x", "{}").error(400, "illegal_partition", "Partition must not be empty");
    couch.put("p:", "{}").error(400, "illegal_docid");
    couch.post("_bulk_docs", "{\"docs\":[{\"_id\":\"plain\"}]}").error(400, "illegal_docid");
    couch.put("_design/d", "{}").is(201);
    couch
        .get("_partition/p")
        .is(200)
        .has("partition", "\"p\"")
        .has("doc_count", "2")
        .has("doc_del_count", "0");
    couch
        .get("_partition/p/_all_docs")
        .is(200)
        .has("total_rows", "2")
        .count("rows", 2)
        .has("rows.1.id", "\"p:2\"");
    couch
        .get("_partition/p/_all_docs?descending=true")
        .has("rows.0.id", "\"p:2\"")
        .count("rows", 2);
    couch.get("_partition/p/_all_docs?startkey=%22p:2%22").count("rows", 1).has("offset", "1");
    couch.get("_partition/_p").error(400, "illegal_partition");
    couch.get("_all_docs").has("total_rows", "4");
  }
}
