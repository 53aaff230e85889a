package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries of views. */
class ViewsTest {
  private static final String BY_KIND = "db/_design/d/_view/by-kind";
  private static final String TOTAL = "db/_design/d/_view/total";

  @TempDir Path folder;
  private HubFixture hub;

  @BeforeEach
  void start() {
    hub = new HubFixture(folder);
    hub.put("db", "");
    design(
        "d",
        """
        {"by-kind": {"map": "function (doc) { emit(doc.kind, doc.n); }"},
         "total": {"map": "function (doc) { emit([doc.kind, doc._id], doc.n); }",
                   "reduce": "_sum"}}\
        """);
    doc("a", "{\"kind\":\"x\",\"n\":1}");
    doc("b", "{\"kind\":\"y\",\"n\":2}");
    doc("c", "{\"kind\":\"x\",\"n\":4}");
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private String design(String name, String views) {
    var design = new JsonObject();
    design.add("views", JsonParser.parseString(views));
    var answer = hub.put("db/_design/" + name, design.toString());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.text("rev");
  }

  private String doc(String id, String body) {
    var answer = hub.put("db/" + id, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.text("rev");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The rows of an answer, one after the other. */
  private static String rows(HubFixture.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return rows(answer.json());
  }

  private static String rows(JsonObject result) {
    return StreamSupport.stream(result.getAsJsonArray("rows").spliterator(), false)
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }

  private String ids(String query) {
    var list = hub.get(BY_KIND + query).json().getAsJsonArray("rows").asList();
    return list.stream()
        .map(row -> row.getAsJsonObject().get("id").getAsString())
        .collect(Collectors.joining());
  }

  @Test
  void rowsLookAsCouchDbShowsThem() {
    var answer = hub.get(BY_KIND);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"total_rows":3,"offset":0,"rows":[\r
            {"id":"a","key":"x","value":1},\r
            {"id":"c","key":"x","value":4},\r
            {"id":"b","key":"y","value":2}\r
            ]}
            """);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(hub.get(BY_KIND + "?key=" + encode("\"z\"")).body())
        .isEqualTo("{\"total_rows\":3,\"offset\":3,\"rows\":[\r\n\r\n]}\n");
    assertThat(hub.send(hub.request("HEAD", BY_KIND, "")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "key=\"x\"|ac",
        "startkey=\"y\"|b",
        "start_key=\"x\"&end_key=\"x\"|ac",
        "endkey=\"y\"&inclusive_end=false|ac",
        "descending=true|bca",
        "descending=true&startkey=\"x\"|ca",
        "key=\"x\"&startkey_docid=b|c",
        "startkey=\"x\"&startkey_docid=b|cb",
        "endkey=\"x\"&endkey_docid=b|a",
        "skip=1|cb",
        "skip=1&limit=1|c",
        "limit=0|''",
        "keys=[\"y\",\"q\",\"x\"]|bac",
        "keys=[\"y\",\"x\",\"y\"]|bacb",
        "keys=[\"y\",\"x\"]&descending=true|cab",
        "keys=[\"y\",\"x\"]&skip=1&limit=1|a",
        "keys=[]|''",
        "sorted=false&stable=true|acb",
        "reduce=false&group_level=0|acb"
      })
  void rangesAndOrder(String query, String wanted) {
    assertThat(ids("?" + query.replace("\"", "%22").replace("[", "%5B").replace("]", "%5D")))
        .isEqualTo(wanted == null ? "" : wanted);
  }

  @Test
  void offsetSaysWhereTheRowsBegin() {
    assertThat(hub.get(BY_KIND + "?skip=2").json().get("offset").getAsInt()).isEqualTo(2);
    assertThat(hub.get(BY_KIND + "?startkey=%22y%22").json().get("offset").getAsInt()).isEqualTo(2);
    assertThat(hub.get(BY_KIND + "?descending=true&startkey=%22x%22").json().get("offset"))
        .hasToString("1");
    assertThat(hub.post(BY_KIND, "{\"keys\":[\"q\",\"y\"]}").json().get("offset")).hasToString("2");
    assertThat(hub.get(BY_KIND + "?sorted=false").json().keySet()).containsExactly("rows");
  }

  @Test
  void reductionsByGroup() {
    assertThat(hub.get(TOTAL).body())
        .isEqualTo("{\"rows\":[\r\n{\"key\":null,\"value\":7}\r\n]}\n");
    assertThat(rows(hub.get(TOTAL + "?group_level=1")))
        .isEqualTo("{\"key\":[\"x\"],\"value\":5} {\"key\":[\"y\"],\"value\":2}");
    assertThat(rows(hub.get(TOTAL + "?group=true&limit=1")))
        .isEqualTo("{\"key\":[\"x\",\"a\"],\"value\":1}");
    assertThat(rows(hub.get(TOTAL + "?group_level=1&descending=true&skip=1")))
        .isEqualTo("{\"key\":[\"x\"],\"value\":5}");
    assertThat(rows(hub.post(TOTAL, "{\"keys\":[[\"y\",\"b\"],[\"x\",\"a\"]],\"group\":true}")))
        .isEqualTo("{\"key\":[\"y\",\"b\"],\"value\":2} {\"key\":[\"x\",\"a\"],\"value\":1}");
    assertThat(rows(hub.get(TOTAL + "?startkey=%5B%22y%22%5D")))
        .isEqualTo("{\"key\":null,\"value\":2}");
    assertThat(hub.get(TOTAL + "?key=1").body()).isEqualTo("{\"rows\":[\r\n\r\n]}\n");
    assertThat(hub.get(TOTAL + "?reduce=false").json().get("total_rows")).hasToString("3");
  }

  @Test
  void reduceFunctionsInJavaScript() {
    design(
        "js",
        """
        {"longest": {"map": "function (doc) { emit(doc.kind, doc._id); }",
                     "reduce": "function (keys, values, again) {\
         return values.sort().reverse()[0]; }"},
         "all": {"map": "function (doc) { emit(null, Array(3000).join(doc._id)); }",
                 "reduce": "function (keys, values) { return values.join(''); }"}}\
        """);
    assertThat(rows(hub.get("db/_design/js/_view/longest?group=true")))
        .isEqualTo("{\"key\":\"x\",\"value\":\"c\"} {\"key\":\"y\",\"value\":\"b\"}");
    var row = hub.get("db/_design/js/_view/all").json().getAsJsonArray("rows").get(0);
    assertThat(row.getAsJsonObject().get("error")).hasToString("\"reduce_overflow_error\"");
    assertThat(row.getAsJsonObject().get("reason").getAsString())
        .startsWith("Reduce output must shrink more rapidly: input size: ");
    assertThat(rows(hub.get("db/_design/js/_view/all?reduce=false&limit=1"))).contains("aaa");
  }

  @Test
  void documentsOfRowsAndOnesThatTheyLinkTo() {
    var rev = doc("old", "{\"n\":1}");
    doc("old", "{\"n\":2,\"_rev\":\"" + rev + "\"}");
    design(
        "links",
        "{\"v\":{\"map\":\"function (doc) { if (doc.links) doc.links.forEach(function (l, i)"
            + " { emit(i, l); }); }\"}}");
    doc(
        "from",
        "{\"links\":[null,{\"_id\":\"a\"},{\"_id\":\"old\"},{\"_id\":\"old\",\"_rev\":\""
            + rev
            + "\"},{\"_id\":\"nowhere\"},{\"_id\":null},7]}");
    var docs = hub.get("db/_design/links/_view/v?include_docs=true").json().getAsJsonArray("rows");
    var names =
        docs.asList().stream()
            .map(row -> row.getAsJsonObject().get("doc"))
            .map(doc -> doc.isJsonNull() ? "-" : doc.getAsJsonObject().get("_id").getAsString())
            .toList();
    assertThat(names).containsExactly("from", "a", "old", "old", "-", "-", "from");
    assertThat(docs.get(2).getAsJsonObject().getAsJsonObject("doc").get("n")).hasToString("2");
    assertThat(docs.get(3).getAsJsonObject().getAsJsonObject("doc").get("n")).hasToString("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "by-kind?reduce=true|Reduce is invalid for map-only views.",
        "by-kind?group=true|Invalid use of grouping on a map view.",
        "total?reduce=false&group_level=1|Invalid use of grouping on a map view.",
        "total?include_docs=true|`include_docs` is invalid for reduce",
        "total?conflicts=true|`conflicts` is invalid for reduce views.",
        "total?keys=%5B1%5D|Multi-key fetches for reduce views must use `group=true`",
        "total?group=false&group_level=1"
            + "|Can't specify group=false and group_level>0 at the same time",
        "by-kind?keys=1|`keys` must be an array of strings.",
        "by-kind?keys=%5B1%5D&startkey=1"
            + "|`keys` is incompatible with `key`, `start_key` and `end_key`",
        "by-kind?startkey=2&endkey=1"
            + "|No rows can match your key range, reverse your start_key and end_key or set"
            + " descending=true",
        "by-kind?startkey=1&endkey=2&descending=true"
            + "|No rows can match your key range, reverse your start_key and end_key or set"
            + " descending=false",
        "by-kind?limit=-1|Invalid value for positive integer: \"-1\"",
        "by-kind?skip=x|Invalid value for integer: \"x\"",
        "by-kind?descending=maybe|Invalid boolean parameter: \"maybe\"",
        "by-kind?stale=no|Invalid value for `stale`.",
        "by-kind?update=no|Invalid value for `update`.",
        "by-kind?stable=no|Invalid value for `stable`."
      })
  void refusesWhatDoesNotGoTogether(String query, String reason) {
    assertThat(hub.get("db/_design/d/_view/" + query).error())
        .isEqualTo("400 query_parse_error: " + reason);
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThat(hub.get("db/_design/d/_view/no").error())
        .isEqualTo("404 not_found: missing_named_view");
    assertThat(hub.get("db/_design/no/_view/v").error()).isEqualTo("404 not_found: missing");
    var rev = hub.get("db/_design/d").text("_rev");
    hub.delete("db/_design/d?rev=" + rev);
    assertThat(hub.get(BY_KIND).error()).isEqualTo("404 not_found: deleted");
    assertThat(hub.put(BY_KIND, "{}").status()).isEqualTo(405);
  }

  @Test
  void aBodyMayHaveAllParameters() {
    assertThat(hub.post(BY_KIND, "{\"startkey\":\"x\",\"limit\":1}").json().getAsJsonArray("rows"))
        .hasSize(1);
    assertThat(rows(hub.post(BY_KIND + "?limit=2", "{\"key\":\"x\",\"descending\":true}")))
        .isEqualTo(
            "{\"id\":\"c\",\"key\":\"x\",\"value\":4} {\"id\":\"a\",\"key\":\"x\",\"value\":1}");
    assertThat(hub.post(BY_KIND, "{\"keys\":{}}").error())
        .isEqualTo("400 bad_request: `keys` member must be an array.");
    assertThat(hub.post(BY_KIND, "{\"queries\":[]}").status()).isEqualTo(400);
  }

  @Test
  void manyQueriesInOneRequest() {
    var answer =
        hub.post(
            BY_KIND + "/queries", "{\"queries\":[{\"key\":\"y\"},{\"keys\":[\"x\"],\"skip\":1}]}");
    var results = answer.json().getAsJsonArray("results");
    assertThat(rows(results.get(0).getAsJsonObject()))
        .isEqualTo("{\"id\":\"b\",\"key\":\"y\",\"value\":2}");
    assertThat(rows(results.get(1).getAsJsonObject()))
        .isEqualTo("{\"id\":\"c\",\"key\":\"x\",\"value\":4}");
    assertThat(hub.post(BY_KIND + "/queries", "{}").error())
        .isEqualTo("400 bad_request: POST body must include `queries` parameter.");
    assertThat(hub.get(BY_KIND + "/queries").status()).isEqualTo(405);
  }

  @Test
  void whatIsNotAskedForIsNotUpdated() {
    assertThat(ids("?update=false")).isEmpty();
    assertThat(ids("")).isEqualTo("acb");
    doc("d", "{\"kind\":\"z\"}");
    assertThat(ids("?stale=ok")).isEqualTo("acb");
    assertThat(ids("?stale=update_after")).isEqualTo("acb");
    org.awaitility.Awaitility.await()
        .untilAsserted(() -> assertThat(ids("?update=false")).isEqualTo("acbd"));
    var seq = hub.get(BY_KIND + "?update_seq=true").text("update_seq");
    assertThat(hub.get("db/_changes?since=" + seq).json().getAsJsonArray("results")).isEmpty();
  }

  @Test
  void mapFunctionsSeeWhatCouchDbShowsThem() {
    var rev = "1-" + "a".repeat(32);
    hub.put("db/e?new_edits=false", "{\"_rev\":\"" + rev + "\"}");
    hub.put("db/e?new_edits=false", "{\"_rev\":\"1-" + "b".repeat(32) + "\"}");
    design(
        "see",
        """
        {"lib": {"name": "exports.of = function (doc) { return 'doc ' + doc._id; }"},
         "v": {"map": "function (doc) { if (doc._conflicts)\
         emit(require('views/lib/name').of(doc), doc._conflicts); }"}}\
        """);
    assertThat(rows(hub.get("db/_design/see/_view/v")))
        .isEqualTo("{\"id\":\"e\",\"key\":\"doc e\",\"value\":[\"" + rev + "\"]}");
  }

  @Test
  void optionsOfADesignDocument() {
    hub.put(
        "db/_design/o",
        "{\"options\":{\"include_design\":true,\"local_seq\":true},\"views\":{\"v\":{\"map\":"
            + "\"function (doc) { emit(doc._local_seq); }\"}}}");
    assertThat(rows(hub.get("db/_design/o/_view/v?key=1")))
        .isEqualTo("{\"id\":\"_design/d\",\"key\":1,\"value\":null}");
    hub.put(
        "db/_design/raw",
        "{\"views\":{\"v\":{\"map\":\"function (doc) {}\",\"options\":{\"collation\":\"raw\"}}}}");
    assertThat(hub.get("db/_design/raw/_view/v").status()).isEqualTo(501);
    hub.put("db/_design/erl", "{\"language\":\"erlang\",\"views\":{\"v\":{\"map\":\"fun\"}}}");
    assertThat(hub.get("db/_design/erl/_view/v").status()).isEqualTo(501);
  }

  @Test
  void whatCannotBeReducedIsSaid() {
    doc("text", "{\"kind\":\"x\",\"n\":\"no number\"}");
    design(
        "stats",
        "{\"v\":{\"map\":\"function (doc) { emit(doc.kind, doc.n); }\",\"reduce\":\"_stats\"}}");
    var answer = hub.get("db/_design/stats/_view/v");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text("error")).isEqualTo("invalid_value");
    assertThat(rows(hub.get("db/_design/stats/_view/v?key=%22y%22"))).contains("\"sum\":2");
    assertThat(rows(hub.get("db/_design/stats/_view/v?reduce=false"))).contains("no number");
  }

  @Test
  void functionsThatAreNone() {
    var design = JsonParser.parseString("{\"views\":{\"v\":{\"map\":\"function (\"}}}");
    // As it may have come from elsewhere, by a copy of the file.
    var store = hub.databases.find("db").orElseThrow();
    store.put("_design/broken", design.getAsJsonObject(), java.util.Optional.empty());
    assertThat(hub.get("db/_design/broken/_view/v").error())
        .startsWith(
            "400 compilation_error: Compilation of the map function in the 'v' view failed: ");
  }

  @Test
  void infoAndCareOfAnIndex() {
    ids("");
    var info = hub.get("db/_design/d/_info").json();
    assertThat(info.get("name").getAsString()).isEqualTo("d");
    var index = info.getAsJsonObject("view_index");
    assertThat(index.get("signature").getAsString()).matches("[0-9a-f]{32}");
    assertThat(index.getAsJsonObject("updates_pending").get("total").getAsInt()).isZero();
    assertThat(index.getAsJsonObject("sizes").get("file").getAsLong()).isPositive();
    var files = hub.databases.viewFolder("db").toFile();
    var rev = hub.get("db/_design/d").text("_rev");
    hub.put(
        "db/_design/d",
        "{\"_rev\":\"" + rev + "\",\"views\":{\"v\":{\"map\":\"function (doc) { emit(1); }\"}}}");
    hub.get("db/_design/d/_view/v");
    assertThat(hub.post("db/_compact/d", "").body()).isEqualTo("{\"ok\":true}\n");
    assertThat(hub.post("db/_compact/no", "").status()).isEqualTo(404);
    assertThat(sqlite(files)).isEqualTo(2);
    var cleaned = hub.post("db/_view_cleanup", "");
    assertThat(cleaned.status()).isEqualTo(202);
    assertThat(cleaned.body()).isEqualTo("{\"ok\":true}\n");
    assertThat(sqlite(files)).isEqualTo(1);
    assertThat(hub.get("db/_design/d/_view/v").json().get("total_rows").getAsInt()).isEqualTo(3);
  }

  private static long sqlite(java.io.File folder) {
    return java.util.Arrays.stream(java.util.Objects.requireNonNull(folder.list()))
        .filter(name -> name.endsWith(".sqlite"))
        .count();
  }

  @Test
  void manyRowsComeWhole() {
    var docs = new StringBuilder("{\"docs\":[{\"_id\":\"many\",\"kind\":\"m\",\"n\":1}");
    for (var i = 1; i < 3_000; i++) {
      docs.append(",{\"_id\":\"many").append(i).append("\",\"kind\":\"m\",\"n\":1}");
    }
    assertThat(hub.post("db/_bulk_docs", docs.append("]}").toString()).status()).isEqualTo(201);
    assertThat(hub.get(BY_KIND + "?key=%22m%22").json().getAsJsonArray("rows")).hasSize(3_000);
    assertThat(hub.get(TOTAL + "?group=true").json().getAsJsonArray("rows")).hasSize(3_003);
    assertThat(rows(hub.get(TOTAL + "?group_level=1&startkey=%5B%22m%22%5D&limit=1")))
        .isEqualTo("{\"key\":[\"m\"],\"value\":3000}");
  }
}
