package dev.jiggety.agent.hub;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A request that a client of good will would send, spoilt in some places, or a heap of bytes. The
 * same number always gives the same bytes.
 */
record FuzzedRequest(long number, String latin1) {
  private static final List<String> METHODS =
      List.of(
          "GET", "GET", "GET", "GET", "GET", "PUT", "PUT", "PUT", "PUT", "POST", "POST", "POST",
          "POST", "POST", "DELETE", "HEAD", "COPY", "PATCH", "get", "X-Y");

  private static final List<String> PATHS =
      List.of(
          "/",
          "/_up",
          "/_all_dbs",
          "/_session",
          "/_uuids",
          "/_users",
          "/_users/org.couchdb.user:a",
          "/_replicate",
          "/_replicator",
          "/_active_tasks",
          "/_scheduler/jobs",
          "/_node/_local/_stats",
          "/fuzz",
          "/fuzz/_all_docs",
          "/fuzz/_all_docs/queries",
          "/fuzz/_changes",
          "/fuzz/_bulk_docs",
          "/fuzz/_bulk_get",
          "/fuzz/_revs_diff",
          "/fuzz/_missing_revs",
          "/fuzz/_find",
          "/fuzz/_index",
          "/fuzz/_explain",
          "/fuzz/_security",
          "/fuzz/_revs_limit",
          "/fuzz/_design_docs",
          "/fuzz/_local_docs",
          "/fuzz/_local/point",
          "/fuzz/_compact",
          "/fuzz/_ensure_full_commit",
          "/fuzz/_purge",
          "/fuzz/doc",
          "/fuzz/doc/file.txt",
          "/fuzz/doc/sub/file",
          "/fuzz/_design/d",
          "/fuzz/_design/d/_view/v",
          "/fuzz/_design/d/_view/v/queries",
          "/fuzz/_design/d/_info",
          "/fuzz/_design/d/_show/s/doc",
          "/fuzz/_design/d/_list/l/v",
          "/fuzz/_design/d/_update/u",
          "/fuzz/_design%2Fd",
          "/other",
          "/fuzz2/x");

  private static final List<String> PARTS =
      List.of(
          "%",
          "%zz",
          "%00",
          "%2F",
          "%2f..%2f",
          "..",
          ".",
          "",
          "%C3%28",
          "%ED%A0%80",
          "%F0%9F%98%80",
          "ä",
          "a b",
          "a+b",
          ";x=1",
          "_x",
          "_design",
          "_design/",
          "_local",
          "_local/",
          "#x",
          "x".repeat(9_000),
          "x".repeat(40_000),
          "%25",
          "\u0001",
          "\\",
          "\"",
          "{}",
          "con",
          "-");

  private static final List<String> NAMES =
      List.of(
          "key",
          "keys",
          "startkey",
          "start_key",
          "endkey",
          "startkey_docid",
          "limit",
          "skip",
          "since",
          "rev",
          "revs",
          "open_revs",
          "atts_since",
          "attachments",
          "att_encoding_info",
          "conflicts",
          "latest",
          "feed",
          "filter",
          "style",
          "timeout",
          "heartbeat",
          "include_docs",
          "descending",
          "inclusive_end",
          "reduce",
          "group",
          "group_level",
          "new_edits",
          "batch",
          "view",
          "doc_ids",
          "count",
          "local_seq",
          "meta",
          "update",
          "stable",
          "sorted",
          "last-event-id",
          "seq_interval",
          "revs_info",
          "deleted_conflicts",
          "unknown",
          "");

  private static final List<String> VALUES =
      List.of(
          "",
          "true",
          "false",
          "0",
          "1",
          "-1",
          "99999999999999999999",
          "1e999",
          "null",
          "\"a\"",
          "\"",
          "[]",
          "[",
          "{}",
          "{\"",
          "[\"1-a\"]",
          "[1,null]",
          "all",
          "all_docs",
          "now",
          "normal",
          "longpoll",
          "continuous",
          "eventsource",
          "_doc_ids",
          "_selector",
          "_view",
          "_design",
          "d/f",
          "1-",
          "1-zz",
          "0-0",
          "-1-a",
          "99999999999-aa",
          "2-" + "a".repeat(32),
          "%",
          "%FF",
          "%22%ED%A0%80%22",
          "\"\\ud800\"",
          "[".repeat(3_000),
          "12-abc",
          "0-abc",
          "NaN",
          "maybe",
          "%00",
          "undefined");

  private static final List<String> HEADERS =
      List.of(
          "Content-Length: -1",
          "Content-Length: 5",
          "Content-Length: 99999999999999999999",
          "Content-Length: x",
          "Content-Length: 100000",
          "Content-Length: 0",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: gzip",
          "Transfer-Encoding: chunked, chunked",
          "Content-Encoding: gzip",
          "Content-Encoding: deflate",
          "Content-Encoding: br",
          "Content-Type: text/plain",
          "Content-Type:",
          "Content-Type: application/json; charset=utf-16",
          "Content-Type: application/x-www-form-urlencoded",
          "Content-Type: multipart/related",
          "Content-Type: multipart/related; boundary=",
          "Content-Type: multipart/related; boundary=\"b\"",
          "Content-Type: multipart/form-data; boundary=b",
          "Accept: multipart/mixed",
          "Accept: multipart/related",
          "Accept: text/html",
          "Accept: */*;q=x",
          "Accept-Encoding: gzip",
          "If-Match: \"1-a\"",
          "If-Match: x",
          "If-Match:",
          "If-None-Match: \"",
          "If-None-Match: *",
          "Range: bytes=0-",
          "Range: bytes=9-1",
          "Range: bytes=-99999999999999999999",
          "Range: x",
          "Range: bytes=0-0,1-1",
          "Authorization: Basic",
          "Authorization: Basic !!!",
          "Authorization: Basic Og==",
          "Authorization: Basic YTpi",
          "Authorization: Bearer x",
          "Cookie: AuthSession=",
          "Cookie: AuthSession=YTpiOmM",
          "Cookie: AuthSession=%%%",
          "Cookie: =;=;",
          "Expect: 100-continue",
          "Expect: x",
          "Host:",
          "Host: evil.example",
          "Host: 127.0.0.1:x",
          "Connection: upgrade",
          "Upgrade: h2c",
          "X-Couch-Full-Commit: x",
          "Destination: x%",
          "Destination: other?rev=%",
          "X-HTTP-Method-Override: DELETE",
          ": x",
          "no colon",
          "A: " + "y".repeat(20_000),
          "A:\u0000",
          "Origin: http://evil.example",
          "Referer: x",
          "Last-Event-ID: x");

  private static final List<String> BODIES =
      List.of(
          "",
          "{}",
          "[]",
          "null",
          "1",
          "\"x\"",
          "{",
          "[",
          "{\"a\"",
          "{\"a\":}",
          "{'a':1}",
          "{\"a\":1,}",
          "[1,]",
          "{\"a\":NaN}",
          "{\"a\":1e99999}",
          "{\"a\":" + "9".repeat(5_000) + "}",
          "{\"a\":-}",
          "{\"a\":01}",
          "{\"a\":\"\\ud800\"}",
          "{\"\\udc00\":1}",
          "{\"a\":\"\\u0000\"}",
          "{\"a\":1,\"a\":2}",
          "\uFEFF{}",
          "{}{}",
          "{} x",
          "/* */{}",
          nested(200),
          nested(255),
          nested(256),
          nested(5_000),
          nested(100_000),
          "{\"_id\":1}",
          "{\"_id\":\"_x\"}",
          "{\"_id\":\"\"}",
          "{\"_rev\":1}",
          "{\"_rev\":\"x\"}",
          "{\"_deleted\":1}",
          "{\"_attachments\":1}",
          "{\"_attachments\":{\"a\":1}}",
          "{\"_attachments\":{\"a\":{\"data\":\"!\"}}}",
          "{\"_attachments\":{\"a\":{\"stub\":true}}}",
          "{\"_attachments\":{\"a\":{\"follows\":true,\"length\":-1}}}",
          "{\"_attachments\":{\"a\":{\"data\":\"QQ==\",\"content_type\":1,\"revpos\":\"x\"}}}",
          "{\"_revisions\":{\"start\":1e99,\"ids\":[\"a\"]}}",
          "{\"_revisions\":{\"start\":-1,\"ids\":[]}}",
          "{\"_revisions\":{\"start\":1,\"ids\":[1,null]}}",
          "{\"_unknown\":1}",
          "{\"docs\":1}",
          "{\"docs\":[null]}",
          "{\"docs\":[1,\"x\"]}",
          "{\"docs\":[{\"_id\":\"a\"},{\"_id\":\"a\"}]}",
          "{\"docs\":[{}],\"new_edits\":false}",
          "{\"docs\":[{\"_id\":\"r\",\"_rev\":\"1-x\"}],\"new_edits\":false}",
          "{\"docs\":[{}],\"new_edits\":\"x\"}",
          "{\"docs\":[{\"id\":1}]}",
          "{\"docs\":[{\"id\":\"doc\",\"rev\":\"x\"}]}",
          "{\"docs\":[{\"id\":\"doc\",\"atts_since\":1}]}",
          "{\"keys\":1}",
          "{\"keys\":[1,null,{}]}",
          "{\"queries\":1}",
          "{\"queries\":[1]}",
          "{\"queries\":[{\"limit\":\"x\"}]}",
          "{\"doc\":[\"1-a\"]}",
          "{\"doc\":1}",
          "{\"doc\":[1]}",
          "{\"doc\":[\"x\"]}",
          "{\"doc_ids\":1}",
          "{\"doc_ids\":[1]}",
          "{\"selector\":1}",
          "{\"selector\":{\"$x\":1}}",
          "{\"selector\":{\"a\":{\"$regex\":\"(\"}}}",
          "{\"selector\":{\"$and\":1}}",
          "{\"selector\":{\"a\":{\"$mod\":[0,0]}}}",
          "{\"selector\":{},\"limit\":-1,\"sort\":1,\"fields\":1}",
          "{\"selector\":{},\"bookmark\":\"x\"}",
          "{\"index\":1}",
          "{\"index\":{\"fields\":[1]}}",
          "{\"admins\":1}",
          "{\"members\":{\"names\":1}}",
          "{\"views\":1}",
          "{\"views\":{\"v\":1}}",
          "{\"views\":{\"v\":{\"map\":\"function(\"}}}",
          "{\"views\":{\"v\":{\"map\":\"x\",\"reduce\":\"_x\"}}}",
          "{\"validate_doc_update\":\"function(\"}",
          "{\"language\":1,\"filters\":1}",
          "{\"source\":1,\"target\":2}",
          "{\"source\":\"x\",\"target\":\"http://127.0.0.1:1/y\"}",
          "{\"name\":\"a\",\"password\":1}",
          "name=a&password=%",
          "{\"type\":\"user\",\"name\":1,\"roles\":1}",
          "-1",
          "99999999999999999999",
          "\"10\"",
          "--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--",
          "--b\r\n\r\n",
          "--b--",
          "--b",
          "--b\r\nContent-Type: application/json\r\n\r\n{\"_attachments\":{\"a\":{\"follows\":true,\"length\":3,"
              + "\"content_type\":\"text/plain\"}}}\r\n--b\r\n\r\nabc\r\n--b--",
          "5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n",
          "zz\r\n{}",
          "ffffffffff\r\n{}",
          "0\r\n\r\n",
          "-1\r\n{}\r\n");

  private static String nested(int depth) {
    return "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
  }

  /** The request of this number. */
  static FuzzedRequest of(long number) {
    Random random = new Random(number * 0x9E3779B97F4A7C15L);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (random.nextInt(100) == 0) {
      byte[] noise = new byte[random.nextInt(500)];
      random.nextBytes(noise);
      return of(number, noise);
    }
    byte[] body = body(random);
    List<String> head = new ArrayList<>();
    head.add(pick(random, METHODS) + " " + target(random) + " HTTP/1.1");
    if (random.nextInt(50) > 0) {
      head.add("Host: 127.0.0.1");
    }
    if (random.nextInt(20) > 0) {
      head.add("Content-Type: application/json");
    }
    if (random.nextInt(20) > 0) {
      head.add("Content-Length: " + body.length);
    }
    for (int more = random.nextInt(4); more > 1; more--) {
      head.add(pick(random, HEADERS));
    }
    out.writeBytes((String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    byte[] whole = out.toByteArray();
    return of(number, random.nextInt(15) == 0 ? spoil(random, whole) : whole);
  }

  private static FuzzedRequest of(long number, byte[] bytes) {
    return new FuzzedRequest(number, new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** What goes over the wire. */
  byte[] bytes() {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String target(Random random) {
    StringBuilder target = new StringBuilder(pick(random, PATHS));
    if (random.nextInt(10) == 0) {
      target.append('/').append(pick(random, PARTS));
    }
    String separator = "?";
    for (int more = random.nextInt(3); more > 0; more--) {
      target.append(separator).append(pick(random, NAMES)).append('=').append(pick(random, VALUES));
      separator = "&";
    }
    return target.toString().replace(" ", random.nextInt(5) == 0 ? " " : "%20");
  }

  private static byte[] body(Random random) {
    byte[] body = pick(random, BODIES).getBytes(StandardCharsets.UTF_8);
    return random.nextInt(4) == 0 ? spoil(random, body) : body;
  }

  /** Changes, drops, repeats or cuts a few bytes. */
  static byte[] spoil(Random random, byte[] bytes) {
    byte[] spoilt = bytes;
    for (int more = 1 + random.nextInt(4); more > 0 && spoilt.length > 0; more--) {
      int at = random.nextInt(spoilt.length);
      int end = Math.min(spoilt.length, at + 1 + random.nextInt(8));
      switch (random.nextInt(4)) {
        case 0 -> {
          spoilt = spoilt.clone();
          spoilt[at] = (byte) random.nextInt(256);
        }
        case 1 ->
            spoilt =
                join(Arrays.copyOf(spoilt, at), Arrays.copyOfRange(spoilt, end, spoilt.length));
        case 2 ->
            spoilt =
                join(Arrays.copyOf(spoilt, end), Arrays.copyOfRange(spoilt, at, spoilt.length));
        default -> spoilt = Arrays.copyOf(spoilt, at);
      }
    }
    return spoilt;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** Whether an answer may come in parts for as long as the client likes. */
  boolean mayBeFeed() {
    return latin1.contains("feed=");
  }

  @Override
  public String toString() {
    return "request " + number + ":\n" + latin1.substring(0, Math.min(1_500, latin1.length()));
  }
}
