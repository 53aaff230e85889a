package dev.jiggety.agent.hub.behaviour;

import static dev.jiggety.agent.hub.behaviour.Behaviour.behaviour;

import java.util.List;

/** Attachments (api/document/attachments). */
final class AttachmentBehaviours {
  private static final String DIGEST = "XUFAKrxLKna5cZ2REBfFkg==";
  private static final String INLINE =
      "{\"_attachments\":{\"t\":{\"content_type\":\"text/plain\",\"data\":\"aGVsbG8=\"}}}";

  private AttachmentBehaviours() {}

  private static Couch.Reply upload(Couch couch, String path, String content) {
    return couch.put(path, content, "Content-Type", "image/x-test");
  }

  static List<Behaviour> all() {
    return List.of(
        behaviour(
            "an attachment makes its document",
            couch -> {
              upload(couch, "a/x", "hello")
                  .is(201)
                  .has("ok", "true")
                  .has("id", "\"a\"")
                  .matches("rev", "1-.*")
                  .headerLike("Location", ".*/a/x");
              couch
                  .get("a/x", "Accept", "*/*")
                  .is(200)
                  .body("hello")
                  .header("Content-Type", "image/x-test")
                  .header("Content-Length", "5");
            }),
        behaviour(
            "its digest is its ETag",
            couch -> {
              upload(couch, "a/x", "hello").is(201);
              couch.get("a/x", "Accept", "*/*").header("ETag", "\"" + DIGEST + "\"");
              couch.get("a/x", "If-None-Match", "\"" + DIGEST + "\"").is(304);
              couch.head("a/x").is(200).body("").header("ETag", "\"" + DIGEST + "\"");
            }),
        behaviour(
            "ranges of it are given",
            couch -> {
              upload(couch, "a/x", "0123456789").is(201);
              couch.get("a/x").header("Accept-Ranges", "bytes");
              couch
                  .get("a/x", "Range", "bytes=2-4")
                  .is(206)
                  .body("234")
                  .header("Content-Range", "bytes 2-4/10");
              couch.get("a/x", "Range", "bytes=-2").is(206).body("89");
              couch.get("a/x", "Range", "bytes=7-").is(206).body("789");
              couch.get("a/x", "Range", "bytes=0-").is(200).body("0123456789");
              couch.get("a/x", "Range", "bytes=5-1").is(416);
            }),
        behaviour(
            "an attachment rests on the document's revision",
            couch -> {
              var rev = upload(couch, "a/x", "x").rev();
              upload(couch, "a/y", "y").error(409, "conflict");
              upload(couch, "a/y?rev=" + rev, "y").is(201).matches("rev", "2-.*");
              couch.get("a").has("_attachments.x.stub", "true").has("_attachments.y.revpos", "2");
            }),
        behaviour(
            "an attachment is deleted and the others stay",
            couch -> {
              var rev = upload(couch, "a/x", "x").rev();
              rev = upload(couch, "a/y?rev=" + rev, "y").rev();
              couch.delete("a/x").error(409, "conflict");
              couch.delete("a/x?rev=" + rev).is(200).matches("rev", "3-.*");
              couch.get("a/x").error(404, "not_found", "Document is missing attachment");
              couch.get("a/y").is(200);
              couch.get("a/x?rev=" + rev).is(200).body("x");
            }),
        behaviour(
            "attachments of nothing are missing",
            couch -> {
              couch.get("none/x").error(404, "not_found", "missing");
              couch.store("a", "{}");
              couch.get("a/x").error(404, "not_found", "Document is missing attachment");
            }),
        behaviour(
            "names may have slashes",
            couch -> {
              upload(couch, "a/b/c", "deep").is(201);
              couch.get("a/b/c").is(200).body("deep");
              couch.get("a/b%2Fc").is(200).body("deep");
              couch.get("a").has("_attachments.b/c.length", "4");
            }),
        behaviour(
            "names do not begin with an underscore",
            couch ->
                upload(couch, "a/_x", "x")
                    .error(
                        400,
                        "bad_request",
                        "Attachment name '_x' starts with prohibited character '_'")),
        behaviour(
            "attachments come inline and are shown as stubs",
            couch -> {
              couch.store("a", INLINE);
              couch
                  .get("a")
                  .has(
                      "_attachments.t",
                      "{\"content_type\":\"text/plain\",\"revpos\":1,"
                          + "\"digest\":\"md5-"
                          + DIGEST
                          + "\",\"length\":5,\"stub\":true}");
              couch.get("a?attachments=true").has("_attachments.t.data", "\"aGVsbG8=\"");
              couch.get("a/t").body("hello");
            }),
        behaviour(
            "a stub keeps what is there",
            couch -> {
              var rev = couch.store("a", INLINE);
              couch.put("a?rev=" + rev, "{\"_attachments\":{\"t\":{\"stub\":true}}}").is(201);
              couch.get("a/t").is(200).body("hello");
            }),
        behaviour(
            "a stub of nothing is refused",
            couch ->
                couch
                    .put("a", "{\"_attachments\":{\"t\":{\"stub\":true}}}")
                    .error(412, "missing_stub")),
        behaviour(
            "what is no Base64 is refused",
            couch -> couch.put("a", "{\"_attachments\":{\"t\":{\"data\":\"#\"}}}").is(400)),
        behaviour(
            "contents that a client has are left out",
            couch -> {
              var rev = couch.store("a", INLINE);
              upload(couch, "a/n?rev=" + rev, "new").is(201);
              couch
                  .get("a?atts_since=%5B%22" + rev + "%22%5D")
                  .has("_attachments.t.stub", "true")
                  .has("_attachments.n.data", "\"bmV3\"");
            }),
        behaviour(
            "contents follow a document in a multipart body",
            couch -> {
              var type = "multipart/related; boundary=\"frontier\"";
              var body =
                  "--frontier\r\nContent-Type: application/json\r\n\r\n"
                      + "{\"n\":1,\"_attachments\":{\"t\":{\"follows\":true,\"content_type\":\"text/x\","
                      + "\"length\":5}}}\r\n--frontier\r\n\r\nhello\r\n--frontier--";
              couch.put("a", body, "Content-Type", type).is(201);
              couch.get("a").has("n", "1").has("_attachments.t.digest", "\"md5-" + DIGEST + "\"");
              couch.get("a/t").body("hello").header("Content-Type", "text/x");
            }),
        behaviour(
            "a document with contents is given as multipart",
            couch -> {
              couch.store("a", INLINE);
              var answer =
                  couch
                      .get("a?attachments=true", "Accept", "multipart/related")
                      .is(200)
                      .headerLike("Content-Type", "multipart/related; *boundary=.*");
              org.assertj.core.api.Assertions.assertThat(answer.response().body())
                  .contains("\"follows\":true", "hello");
            }),
        behaviour(
            "other packings than gzip are refused",
            couch ->
                couch.put("a/x", "x", "Content-Encoding", "br").error(415, "bad_content_type")));
  }
}
