package dev.jiggety.agent.hub.behaviour;

import static dev.jiggety.agent.hub.behaviour.Behaviour.behaviour;
import static dev.jiggety.agent.hub.behaviour.DocumentBehaviours.A;
import static dev.jiggety.agent.hub.behaviour.DocumentBehaviours.B;

import java.util.List;
import java.util.stream.Stream;

/** Many documents at once (api/database/bulk-api, api/database/misc). */
final class BulkBehaviours {
  private BulkBehaviours() {}

  static List<Behaviour> all() {
    return Stream.of(writing(), listing(), fetching(), comparing()).flatMap(List::stream).toList();
  }

  private static Couch.Reply write(Couch couch, String docs) {
    return couch.post("_bulk_docs", "{\"docs\":[" + docs + "]}");
  }

  private static void fill(Couch couch) {
    write(couch, "{\"_id\":\"a\",\"n\":1},{\"_id\":\"b\",\"n\":2},{\"_id\":\"c\",\"n\":3}").is(201);
  }

  private static List<Behaviour> writing() {
    return List.of(
        behaviour(
            "a batch has an answer for each",
            couch -> {
              couch.store("b", "{}");
              write(couch, "{\"_id\":\"a\"},{\"_id\":\"b\"},{}")
                  .is(201)
                  .count("", 3)
                  .has("0.ok", "true")
                  .matches("0.rev", "1-.*")
                  .has("1.error", "\"conflict\"")
                  .has("1.id", "\"b\"")
                  .matches("2.id", "[0-9a-f-]{32,36}");
            }),
        behaviour(
            "an empty batch is answered with nothing",
            couch -> write(couch, "").is(201).has("", "[]")),
        behaviour(
            "a batch changes and deletes",
            couch -> {
              var rev = couch.store("a", "{}");
              write(couch, "{\"_id\":\"a\",\"_rev\":\"" + rev + "\",\"_deleted\":true}")
                  .is(201)
                  .matches("0.rev", "2-.*");
              couch.get("a").error(404, "not_found", "deleted");
            }),
        behaviour(
            "replicated batches are answered with failures only",
            couch -> {
              var batch =
                  "{\"new_edits\":false,\"docs\":[{\"_id\":\"a\",\"_rev\":\""
                      + A
                      + "\"},"
                      + "{\"_id\":\"a\",\"_rev\":\""
                      + B
                      + "\"}]}";
              couch.post("_bulk_docs", batch).is(201).has("", "[]");
              couch.post("_bulk_docs", batch).is(201).has("", "[]");
              couch.get("a?conflicts=true").has("_conflicts", "[\"" + A + "\"]");
            }),
        behaviour(
            "replicated documents without revision are refused",
            couch ->
                couch
                    .post("_bulk_docs", "{\"new_edits\":false,\"docs\":[{\"_id\":\"a\"}]}")
                    .error(400, "bad_request")),
        behaviour(
            "a batch must have documents",
            couch -> {
              couch
                  .post("_bulk_docs", "{}")
                  .error(400, "bad_request", "POST body must include `docs` parameter.");
              couch
                  .post("_bulk_docs", "{\"docs\":{}}")
                  .error(400, "bad_request", "`docs` parameter must be an array.");
              couch
                  .post("_bulk_docs", "{\"docs\":[7]}")
                  .error(400, "bad_request", "Document must be a JSON object");
              couch
                  .post("_bulk_docs", "[]")
                  .error(400, "bad_request", "Request body must be a JSON object");
              couch
                  .post("_bulk_docs", "{\"docs\":[],\"new_edits\":1}")
                  .error(400, "bad_request", "`new_edits` parameter must be a boolean.");
            }),
        behaviour(
            "nothing of a batch is stored that is wrong somewhere",
            couch -> {
              write(couch, "{\"_id\":\"a\"},{\"_id\":\"_b\"}").error(400, "illegal_docid");
              write(couch, "{\"_id\":\"a\"},{\"_id\":\"b\",\"_x\":1}").error(400, "doc_validation");
              couch.get("").has("doc_count", "0");
            }),
        behaviour(
            "a document may come twice in a batch",
            couch ->
                write(couch, "{\"_id\":\"a\",\"n\":1},{\"_id\":\"a\",\"n\":2}")
                    .is(201)
                    .has("0.ok", "true")
                    .has("1.error", "\"conflict\"")));
  }

  private static List<Behaviour> listing() {
    return List.of(
        behaviour(
            "documents are listed by id",
            couch -> {
              fill(couch);
              couch
                  .get("_all_docs")
                  .is(200)
                  .has("total_rows", "3")
                  .has("offset", "0")
                  .has("rows.0.id", "\"a\"")
                  .has("rows.0.key", "\"a\"")
                  .matches("rows.0.value.rev", "1-.*");
              couch.get("_all_docs?include_docs=true").has("rows.2.doc.n", "3");
            }),
        behaviour(
            "lists have beginnings, ends and directions",
            couch -> {
              fill(couch);
              couch.get("_all_docs?startkey=%22b%22").count("rows", 2);
              couch.get("_all_docs?start_key=%22b%22&end_key=%22b%22").count("rows", 1);
              couch.get("_all_docs?endkey=%22b%22&inclusive_end=false").count("rows", 1);
              couch.get("_all_docs?descending=true&limit=1").has("rows.0.id", "\"c\"");
              couch.get("_all_docs?skip=1&limit=1").has("rows.0.id", "\"b\"");
              couch.get("_all_docs?key=%22b%22").count("rows", 1);
              couch.get("_all_docs?limit=0").count("rows", 0);
            }),
        behaviour(
            "keys that are no strings are before or behind all ids",
            couch -> {
              fill(couch);
              couch.get("_all_docs?startkey=5").count("rows", 3);
              couch.get("_all_docs?endkey=5").count("rows", 0);
              couch.get("_all_docs?endkey=%7B%7D").count("rows", 3);
              couch.get("_all_docs?startkey=%5B%5D").count("rows", 0);
            }),
        behaviour(
            "documents are listed by keys",
            couch -> {
              fill(couch);
              couch
                  .post("_all_docs", "{\"keys\":[\"c\",\"x\",\"a\"]}")
                  .is(200)
                  .count("rows", 3)
                  .has("rows.0.id", "\"c\"")
                  .has("rows.1", "{\"key\":\"x\",\"error\":\"not_found\"}");
              couch.get("_all_docs?keys=%5B%22b%22%5D").count("rows", 1);
            }),
        behaviour(
            "deleted documents are listed by key alone",
            couch -> {
              couch.delete("a?rev=" + couch.store("a", "{}")).is(200);
              couch.get("_all_docs").count("rows", 0);
              couch
                  .post("_all_docs?include_docs=true", "{\"keys\":[\"a\"]}")
                  .has("rows.0.value.deleted", "true")
                  .has("rows.0.doc", "null");
            }),
        behaviour(
            "parameters of lists are checked",
            couch -> {
              couch.get("_all_docs?limit=x").error(400, "query_parse_error");
              couch.get("_all_docs?limit=-1").error(400, "query_parse_error");
              couch.get("_all_docs?descending=maybe").error(400, "query_parse_error");
              couch
                  .get("_all_docs?startkey=%22b%22&endkey=%22a%22")
                  .error(400, "query_parse_error");
              couch.get("_all_docs?keys=%5B%22b%22%5D&key=%22a%22").error(400, "query_parse_error");
              couch.get("_all_docs?startkey=b").error(400, "bad_request");
              couch
                  .get("_all_docs?keys=1")
                  .error(400, "bad_request", "`keys` parameter must be an array.");
              couch
                  .post("_all_docs", "{\"keys\":1}")
                  .error(400, "bad_request", "`keys` body member must be an array.");
            }),
        behaviour(
            "several lists are asked for at once",
            couch -> {
              fill(couch);
              couch
                  .post(
                      "_all_docs/queries",
                      "{\"queries\":[{\"keys\":[\"a\"]},{\"limit\":2,\"include_docs\":true}]}")
                  .is(200)
                  .count("results", 2)
                  .count("results.0.rows", 1)
                  .has("results.1.rows.1.doc.n", "2");
              couch
                  .post("_all_docs/queries", "{}")
                  .error(400, "bad_request", "POST body must include `queries` parameter.");
              couch.get("_all_docs/queries").error(405, "method_not_allowed");
            }),
        behaviour(
            "design documents are listed by themselves",
            couch -> {
              fill(couch);
              couch.store("_design/d", "{}");
              couch.store("_design/e", "{}");
              couch
                  .get("_design_docs")
                  .is(200)
                  .count("rows", 2)
                  .has("rows.0.id", "\"_design/d\"")
                  .has("total_rows", "2")
                  .has("offset", "0");
              couch
                  .get("_design_docs?startkey=%22_design/e%22")
                  .count("rows", 1)
                  .has("offset", "1");
              couch.get("_design_docs?descending=true").has("rows.0.id", "\"_design/e\"");
              couch
                  .post("_design_docs/queries", "{\"queries\":[{\"limit\":1}]}")
                  .count("results", 1)
                  .count("results.0.rows", 1);
            }));
  }

  private static List<Behaviour> fetching() {
    return List.of(
        behaviour(
            "documents are fetched with their revisions",
            couch -> {
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + A + "\"}");
              couch
                  .post("_bulk_get?revs=true", "{\"docs\":[{\"id\":\"a\",\"rev\":\"" + A + "\"}]}")
                  .is(200)
                  .has("results.0.id", "\"a\"")
                  .has("results.0.docs.0.ok._rev", "\"" + A + "\"")
                  .has("results.0.docs.0.ok._revisions.start", "1");
            }),
        behaviour(
            "without a revision all leaves are fetched",
            couch -> {
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + A + "\"}");
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + B + "\"}");
              couch.post("_bulk_get", "{\"docs\":[{\"id\":\"a\"}]}").count("results.0.docs", 2);
            }),
        behaviour(
            "what cannot be fetched is said beside the rest",
            couch -> {
              couch.store("a", "{}");
              couch
                  .post(
                      "_bulk_get",
                      "{\"docs\":[{\"id\":\"x\"},{\"id\":\"a\",\"rev\":\"1-x\"},"
                          + "{\"id\":\"a\",\"rev\":\"x\"},{},{\"id\":\"_x\"}]}")
                  .is(200)
                  .count("results", 5)
                  .has(
                      "results.0.docs.0.error",
                      "{\"id\":\"x\",\"rev\":\"undefined\","
                          + "\"error\":\"not_found\",\"reason\":\"missing\"}")
                  .has("results.1.docs.0.error.rev", "\"1-x\"")
                  .has("results.2.docs.0.error.error", "\"bad_request\"")
                  .has("results.3.docs.0.error.reason", "\"document must be a JSON object\"")
                  .has("results.4.docs.0.error.error", "\"illegal_docid\"");
            }),
        behaviour(
            "a fetch must have documents",
            couch -> {
              couch
                  .post("_bulk_get", "{}")
                  .error(400, "bad_request", "Missing JSON list of 'docs'.");
              couch
                  .post("_bulk_get?rev=1-a", "{\"docs\":[]}")
                  .error(400, "bad_request", "\"rev\" query parameter is not acceptable");
            }),
        behaviour(
            "latest fetches what grew out of a revision",
            couch -> {
              var first = couch.store("a", "{}");
              var second = couch.store("a?rev=" + first, "{}");
              couch
                  .post(
                      "_bulk_get?latest=true",
                      "{\"docs\":[{\"id\":\"a\",\"rev\":\"" + first + "\"}]}")
                  .has("results.0.docs.0.ok._rev", "\"" + second + "\"");
            }));
  }

  private static List<Behaviour> comparing() {
    return List.of(
        behaviour(
            "revisions that are not there are told",
            couch -> {
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + A + "\"}");
              couch
                  .post("_revs_diff", "{\"a\":[\"" + A + "\",\"2-x\"],\"b\":[\"" + B + "\"]}")
                  .is(200)
                  .has("a.missing", "[\"2-x\"]")
                  .has("a.possible_ancestors", "[\"" + A + "\"]")
                  .has("b", "{\"missing\":[\"" + B + "\"]}");
              couch.post("_revs_diff", "{\"a\":[\"" + A + "\"]}").has("", "{}");
            }),
        behaviour(
            "they are told in the old way too",
            couch -> {
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + A + "\"}");
              couch
                  .post("_missing_revs", "{\"a\":[\"" + A + "\",\"2-x\"]}")
                  .is(200)
                  .has("", "{\"missing_revs\":{\"a\":[\"2-x\"]}}");
            }),
        behaviour(
            "what is no revision is not compared",
            couch ->
                couch
                    .post("_revs_diff", "{\"a\":[\"x\"]}")
                    .error(400, "bad_request", "Invalid rev format")));
  }
}
