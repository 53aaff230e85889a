package dev.jiggety.agent.hub.behaviour;

import static dev.jiggety.agent.hub.behaviour.Behaviour.behaviour;

import java.util.List;
import java.util.stream.Stream;

/** One document at a time, local ones too (api/document, api/local). */
final class DocumentBehaviours {
  static final String A = "1-" + "a".repeat(32);
  static final String B = "1-" + "b".repeat(32);
  private static final String CONFLICT = "Document update conflict.";

  private DocumentBehaviours() {}

  static List<Behaviour> all() {
    return Stream.of(reading(), writing(), conflicts(), local()).flatMap(List::stream).toList();
  }

  private static List<Behaviour> reading() {
    return List.of(
        behaviour(
            "a document is read with id and revision",
            couch -> {
              var rev = couch.store("a", "{\"n\":1,\"deep\":{\"x\":[1,null,true]}}");
              couch
                  .get("a")
                  .is(200)
                  .has("_id", "\"a\"")
                  .has("_rev", "\"" + rev + "\"")
                  .has("n", "1")
                  .has("deep.x", "[1,null,true]");
            }),
        behaviour(
            "the revision is the ETag",
            couch -> {
              var tag = "\"" + couch.store("a", "{}") + "\"";
              couch.get("a").header("ETag", tag);
              couch.head("a").is(200).header("ETag", tag).body("");
            }),
        behaviour(
            "what a client has is not sent again",
            couch -> {
              var tag = "\"" + couch.store("a", "{}") + "\"";
              couch.get("a", "If-None-Match", tag).is(304).body("");
              couch.get("a", "If-None-Match", "\"1-x\", " + tag).is(304);
              couch.get("a", "If-None-Match", "\"1-x\"").is(200);
            }),
        behaviour(
            "what may change without the revision has no ETag",
            couch -> {
              couch.store("a", "{}");
              couch.get("a?revs_info=true").withoutHeader("ETag");
              couch.get("a?local_seq=true").withoutHeader("ETag");
              couch.get("a?conflicts=true").headerLike("ETag", "\"1-.*");
              couch.get("a?revs=true").headerLike("ETag", "\"1-.*");
            }),
        behaviour(
            "missing and deleted are told apart",
            couch -> {
              couch.get("a").error(404, "not_found", "missing");
              var rev = couch.store("a", "{}");
              couch.delete("a?rev=" + rev).is(200);
              couch.get("a").error(404, "not_found", "deleted");
              couch.head("a").is(404);
            }),
        behaviour(
            "old revisions are read until they are compacted",
            couch -> {
              var first = couch.store("a", "{\"n\":1}");
              couch.store("a?rev=" + first, "{\"n\":2}");
              couch.get("a?rev=" + first).is(200).has("n", "1");
              couch.get("a?rev=" + B).error(404, "not_found", "missing");
              couch.get("a?rev=x").error(400, "bad_request", "Invalid rev format");
            }),
        behaviour(
            "a tombstone is read by its revision",
            couch -> {
              var last = couch.delete("a?rev=" + couch.store("a", "{}")).rev();
              couch.get("a?rev=" + last).is(200).has("_deleted", "true");
            }),
        behaviour(
            "history is shown",
            couch -> {
              var first = couch.store("a", "{}");
              var second = couch.store("a?rev=" + first, "{}");
              couch
                  .get("a?revs=true")
                  .has("_revisions.start", "2")
                  .has(
                      "_revisions.ids",
                      "[\"" + second.substring(2) + "\",\"" + first.substring(2) + "\"]");
              couch
                  .get("a?revs_info=true")
                  .has("_revs_info.0", "{\"rev\":\"" + second + "\",\"status\":\"available\"}")
                  .count("_revs_info", 2);
            }),
        behaviour(
            "latest is the newest revision",
            couch -> {
              var first = couch.store("a", "{\"n\":1}");
              couch.store("a?rev=" + first, "{\"n\":2}");
              couch.get("a?latest=true&rev=" + first).is(200).has("n", "2");
            }),
        behaviour(
            "meta is three things at once",
            couch -> {
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + A + "\"}");
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + B + "\"}");
              couch.get("a?meta=true").count("_revs_info", 1).has("_conflicts", "[\"" + A + "\"]");
            }),
        behaviour(
            "several revisions are read as JSON",
            couch -> {
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + A + "\"}");
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + B + "\"}");
              couch.get("a?open_revs=all").is(200).count("", 2);
              couch
                  .get("a?open_revs=%5B%22" + A + "%22,%229-x%22%5D")
                  .has("0.ok._rev", "\"" + A + "\"")
                  .has("1", "{\"missing\":\"9-x\"}");
              couch.get("none?open_revs=all").error(404, "not_found", "missing");
            }),
        behaviour(
            "several revisions are read as multipart by who takes it",
            couch -> {
              couch.store("a", "{}");
              couch
                  .get("a?open_revs=all", "Accept", "*/*")
                  .is(200)
                  .headerLike("Content-Type", "multipart/mixed; *boundary=.*");
            }),
        behaviour(
            "parameters are checked",
            couch -> {
              couch.store("a", "{}");
              couch.get("a?open_revs=x").is(400);
              couch
                  .get("a?atts_since=%5B%22x%22%5D")
                  .error(400, "bad_request", "Invalid rev format");
            }));
  }

  private static List<Behaviour> writing() {
    return List.of(
        behaviour(
            "a new document is answered with its revision and place",
            couch ->
                couch
                    .put("a", "{}")
                    .is(201)
                    .has("ok", "true")
                    .has("id", "\"a\"")
                    .matches("rev", "1-[0-9a-f]{32}")
                    .headerLike("ETag", "\"1-.*\"")
                    .headerLike("Location", ".*/" + couch.database() + "/a")),
        behaviour(
            "the same edit makes the same revision",
            couch -> {
              var rev = couch.store("a", "{\"n\":1}");
              couch.delete("").is(200);
              couch.put("", "").is(201);
              couch.put("a", "{\"n\":1}").has("rev", "\"" + rev + "\"");
            }),
        behaviour(
            "an edit names its revision in the body, the query or If-Match",
            couch -> {
              var rev = couch.store("a", "{}");
              rev = couch.put("a", "{\"_rev\":\"" + rev + "\"}").is(201).rev();
              rev = couch.put("a?rev=" + rev, "{}").is(201).rev();
              rev = couch.put("a", "{}", "If-Match", "\"" + rev + "\"").is(201).rev();
              couch.put("a", "{}", "If-Match", rev).is(201).matches("rev", "5-.*");
            }),
        behaviour(
            "an edit of another revision than the last is a conflict",
            couch -> {
              couch.store("a", "{}");
              couch.put("a", "{}").error(409, "conflict", CONFLICT);
              couch.put("a?rev=" + A, "{}").error(409, "conflict", CONFLICT);
              couch.delete("a").error(409, "conflict", CONFLICT);
              couch.delete("a?rev=" + A).error(409, "conflict", CONFLICT);
            }),
        behaviour(
            "revisions in several places must be the same",
            couch -> {
              var rev = couch.store("a", "{}");
              couch.put("a?rev=" + rev, "{\"_rev\":\"" + A + "\"}").error(400, "bad_request");
              couch
                  .put("a", "{\"_rev\":\"" + rev + "\"}", "If-Match", A)
                  .error(400, "bad_request", "Document rev and etag have different values");
            }),
        behaviour(
            "a revision is no free text",
            couch -> {
              couch.put("a", "{\"_rev\":\"x\"}").error(400, "bad_request", "Invalid rev format");
              couch.put("a?rev=x", "{}").error(400, "bad_request", "Invalid rev format");
              couch.put("a", "{\"_rev\":7}").error(400, "bad_request", "Invalid rev format");
            }),
        behaviour(
            "a document is deleted and made again",
            couch -> {
              var rev = couch.store("a", "{}");
              couch
                  .delete("a", "If-Match", "\"" + rev + "\"")
                  .is(200)
                  .has("ok", "true")
                  .matches("rev", "2-.*");
              couch.put("a", "{}").is(201).matches("rev", "3-.*");
            }),
        behaviour(
            "a document is deleted by writing it so",
            couch -> {
              var rev = couch.store("a", "{}");
              couch
                  .put("a", "{\"_rev\":\"" + rev + "\",\"_deleted\":true,\"why\":\"old\"}")
                  .is(200);
              couch.get("a").error(404, "not_found", "deleted");
            }),
        behaviour(
            "deleting what is not there is missing",
            couch -> couch.delete("a?rev=" + A).error(404, "not_found", "missing")),
        behaviour(
            "batch=ok answers without a revision",
            couch -> {
              couch
                  .put("a?batch=ok", "{}")
                  .is(202)
                  .has("ok", "true")
                  .has("id", "\"a\"")
                  .lacks("rev");
              couch.post("?batch=ok", "{}").is(202).lacks("rev");
            }),
        behaviour(
            "a posted document gets an id unless it has one",
            couch -> {
              couch
                  .post("", "{\"n\":1}")
                  .is(201)
                  .matches("id", "[0-9a-f-]{32,36}")
                  .headerLike("Location", ".*/" + couch.database() + "/.+");
              couch.post("", "{\"_id\":\"mine\"}").is(201).has("id", "\"mine\"");
              couch.post("", "{\"_id\":\"mine\"}").error(409, "conflict", CONFLICT);
            }),
        behaviour(
            "a document is copied",
            couch -> {
              var rev = couch.store("a", "{\"n\":1}");
              couch.send("COPY", "a", "", "Destination", "b").is(201).has("id", "\"b\"");
              couch.get("b").has("n", "1").matches("_rev", "1-.*");
              couch.send("COPY", "a", "", "Destination", "b").error(409, "conflict");
              couch
                  .send("COPY", "a?rev=" + rev, "", "Destination", "b?rev=" + couch.get("b").rev())
                  .is(201)
                  .matches("rev", "2-.*");
              couch.send("COPY", "none", "", "Destination", "c").error(404, "not_found", "missing");
            }),
        behaviour(
            "a copy must say where to",
            couch -> {
              couch.store("a", "{}");
              couch
                  .send("COPY", "a", "")
                  .error(400, "bad_request", "Destination header is mandatory for COPY.");
              couch
                  .send("COPY", "a", "", "Destination", "http://x/y")
                  .error(400, "bad_request", "Destination URL must be relative.");
            }),
        behaviour(
            "bodies that are no documents are refused",
            couch -> {
              couch.put("a", "{").error(400, "bad_request");
              couch.put("a", "[]").error(400, "bad_request", "Document must be a JSON object");
              couch.put("a", "7").error(400, "bad_request", "Document must be a JSON object");
              couch.post("", "[]").error(400, "bad_request", "Document must be a JSON object");
            }),
        behaviour(
            "members of CouchDB's are checked",
            couch -> {
              couch
                  .put("a", "{\"_x\":1}")
                  .error(400, "doc_validation", "Bad special document member: _x");
              couch.put("a", "{\"_revs_info\":1,\"_conflicts\":[],\"_local_seq\":3}").is(201);
            }),
        behaviour(
            "ids are checked",
            couch -> {
              couch
                  .put("_x", "{}")
                  .error(
                      400,
                      "illegal_docid",
                      "Only reserved document ids may start with underscore.");
              couch
                  .post("", "{\"_id\":\"\"}")
                  .error(400, "illegal_docid", "Document id must not be empty");
              couch
                  .post("", "{\"_id\":7}")
                  .error(400, "illegal_docid", "Document id must be a string");
            }),
        behaviour(
            "ids may have anything in them",
            couch -> {
              for (var id :
                  List.of(
                      "a%2Fb",
                      "a%20b",
                      "a%2Bb",
                      "%C3%A4%E2%82%AC%F0%9F%98%80",
                      "a%25b",
                      "x".repeat(1000),
                      "a:b",
                      "%22")) {
                couch.store(id, "{}");
                couch.get(id).is(200);
              }
              couch.get("a%2Fb").has("_id", "\"a/b\"");
              couch.get("a+b").has("_id", "\"a b\"");
            }),
        behaviour(
            "design documents have a slash",
            couch -> {
              couch.put("_design/d", "{}").is(201).has("id", "\"_design/d\"");
              couch.get("_design/d").is(200).has("_id", "\"_design/d\"");
              couch.put("_design%2Fe", "{}").is(201).has("id", "\"_design/e\"");
            }),
        behaviour(
            "numbers keep their digits",
            couch -> {
              couch.store("a", "{\"n\":9007199254740993,\"f\":1.5,\"t\":\"\\u0000ä😀\"}");
              couch
                  .get("a")
                  .contains("9007199254740993")
                  .has("f", "1.5")
                  .has("t", "\"\\u0000ä😀\"");
            }));
  }

  private static List<Behaviour> conflicts() {
    return List.of(
        behaviour(
            "replicated revisions are taken as they are",
            couch -> {
              couch
                  .put("a?new_edits=false", "{\"_rev\":\"" + A + "\",\"n\":1}")
                  .is(201)
                  .has("rev", "\"" + A + "\"");
              couch.put("a?new_edits=false", "{\"_rev\":\"" + A + "\",\"n\":1}").is(201);
              couch.get("a").has("_rev", "\"" + A + "\"");
            }),
        behaviour(
            "a replicated revision must have one",
            couch ->
                couch
                    .put("a?new_edits=false", "{}")
                    .error(
                        400,
                        "bad_request",
                        "When `new_edits: false`, the document needs `_rev` or `_revisions` specified")),
        behaviour(
            "of two leaves the longer wins, then the higher hash",
            couch -> {
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + A + "\"}");
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + B + "\"}");
              couch
                  .get("a?conflicts=true")
                  .has("_rev", "\"" + B + "\"")
                  .has("_conflicts", "[\"" + A + "\"]");
              var second = couch.put("a?rev=" + A, "{}").is(201).rev();
              couch.get("a").has("_rev", "\"" + second + "\"");
            }),
        behaviour(
            "a deleted leaf is a deleted conflict",
            couch -> {
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + A + "\"}");
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + B + "\"}");
              couch.delete("a?rev=" + A).is(200);
              couch
                  .get("a?conflicts=true&deleted_conflicts=true")
                  .lacks("_conflicts")
                  .count("_deleted_conflicts", 1);
            }));
  }

  private static List<Behaviour> local() {
    return List.of(
        behaviour(
            "local documents are stored and not listed",
            couch -> {
              couch
                  .put("_local/c", "{\"n\":1}")
                  .is(201)
                  .has("id", "\"_local/c\"")
                  .has("rev", "\"0-1\"");
              couch.get("_local/c").is(200).has("_rev", "\"0-1\"").has("n", "1");
              couch.get("_all_docs").count("rows", 0);
              couch.get("_changes").count("results", 0);
              couch.get("").has("doc_count", "0");
            }),
        behaviour(
            "local documents are changed and deleted",
            couch -> {
              couch.put("_local/c", "{}").is(201);
              couch.put("_local/c", "{\"_rev\":\"0-1\"}").is(201).has("rev", "\"0-2\"");
              couch.delete("_local/c?rev=0-2").is(200);
              couch.get("_local/c").error(404, "not_found");
            }),
        behaviour(
            "local documents have no attachments",
            couch ->
                couch
                    .put("_local/c/x", "x")
                    .error(400, "bad_request", "_local documents do not accept attachments.")),
        behaviour(
            "local documents are listed by themselves",
            couch -> {
              couch.put("_local/a", "{\"n\":1}").is(201);
              couch.put("_local/b", "{}").is(201);
              couch
                  .get("_local_docs")
                  .is(200)
                  .has("total_rows", "null")
                  .count("rows", 2)
                  .has(
                      "rows.0",
                      "{\"id\":\"_local/a\",\"key\":\"_local/a\",\"value\":{\"rev\":\"0-1\"}}");
              couch
                  .get("_local_docs?include_docs=true&limit=1&descending=true")
                  .has("rows.0.doc._id", "\"_local/b\"")
                  .count("rows", 1);
              couch
                  .post("_local_docs", "{\"keys\":[\"_local/b\",\"x\"]}")
                  .count("rows", 2)
                  .has("rows.1.error", "\"not_found\"");
              couch
                  .post(
                      "_local_docs/queries",
                      "{\"queries\":[{\"startkey\":\"_local/b\"},{\"limit\":0}]}")
                  .count("results.0.rows", 1)
                  .count("results.1.rows", 0);
            }));
  }
}
