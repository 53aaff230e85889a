package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Views and queries of one partition. */
class PartitionsTest {
  private static final String VIEW = "db/_partition/%s/_design/d/_view/%s";

  @TempDir Path folder;
  private HubFixture hub;

  @BeforeEach
  void start() {
    hub = new HubFixture(folder);
    hub.put("db?partitioned=true", "");
    design(
        "d",
        "{'views': {"
            + "'n': {'map': 'function (doc) { emit(doc.n, doc.kind); }'},"
            + "'kinds': {'map': 'function (doc) { emit([doc.kind, doc.n], doc.n); }',"
            + " 'reduce': '_sum'}}}");
    for (var partition : new String[] {"p", "q", "p2"}) {
      for (var n = 1; n <= 40; n++) {
        hub.put(
            "db/%s:%02d".formatted(partition, n),
            "{\"n\":%d,\"kind\":\"%s\"}".formatted(n, n % 2 == 0 ? "even" : "odd"));
      }
    }
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void design(String name, String json) {
    var answer = hub.put("db/_design/" + name, json.replace('\'', '"'));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  private static String ids(HubFixture.Answer answer, String member) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    var name = member.equals("docs") ? "_id" : "id";
    return StreamSupport.stream(answer.json().getAsJsonArray(member).spliterator(), false)
        .map(row -> row.getAsJsonObject().get(name).getAsString())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "startkey=38|p:38 p:39 p:40",
        "endkey=2|p:01 p:02",
        "startkey=2&descending=true|p:02 p:01",
        "descending=true&limit=2|p:40 p:39",
        "limit=2&skip=38|p:39 p:40",
        "key=7|p:07",
        "keys=[9,3]|p:09 p:03",
        "startkey=3&endkey=5&inclusive_end=false|p:03 p:04",
      })
  void aViewOfAPartitionHasItsRowsAlone(String query, String expected) {
    var rows =
        hub.get(VIEW.formatted("p", "n") + "?" + query.replace("[", "%5B").replace("]", "%5D"));
    assertThat(ids(rows, "rows")).isEqualTo(expected);
    assertThat(rows.text("total_rows")).isEqualTo("40");
  }

  @Test
  void whereTheRowsBeginIsCountedWithinThePartition() {
    assertThat(hub.get(VIEW.formatted("q", "n") + "?startkey=31").text("offset")).isEqualTo("30");
    assertThat(hub.get(VIEW.formatted("q", "n") + "?startkey=31&descending=true").text("offset"))
        .isEqualTo("9");
    assertThat(ids(hub.get(VIEW.formatted("none", "n")), "rows")).isEmpty();
  }

  @Test
  void reductionsAreOfThePartitionAlone() {
    hub.put("db/p:41", "{\"n\":100000,\"kind\":\"odd\"}");
    assertThat(hub.get(VIEW.formatted("p2", "kinds")).json().get("rows"))
        .hasToString("[{\"key\":null,\"value\":820}]");
    assertThat(hub.get(VIEW.formatted("q", "kinds") + "?group_level=1").json().get("rows"))
        .hasToString("[{\"key\":[\"even\"],\"value\":420},{\"key\":[\"odd\"],\"value\":400}]");
    assertThat(
            hub.get(VIEW.formatted("q", "kinds") + "?group=true&descending=true&limit=1")
                .json()
                .get("rows"))
        .hasToString("[{\"key\":[\"odd\",39],\"value\":39}]");
    hub.delete("db/p2:40?rev=" + hub.get("db/p2:40").text("_rev"));
    assertThat(hub.get(VIEW.formatted("p2", "kinds")).json().get("rows"))
        .hasToString("[{\"key\":null,\"value\":780}]");
  }

  @Test
  void aDesignDocumentIsForPartitionsOrForTheWholeDatabase() {
    design(
        "all",
        "{'options': {'partitioned': false},"
            + " 'views': {'n': {'map': 'function (doc) { emit(doc.n); }'}}}");
    assertThat(ids(hub.get("db/_design/all/_view/n?key=5"), "rows")).isEqualTo("p2:05 p:05 q:05");
    assertThat(hub.get("db/_partition/p/_design/all/_view/n").error())
        .isEqualTo(
            "400 query_parse_error: `partition` parameter is not supported in this design doc");
    assertThat(hub.get("db/_design/d/_view/n").error())
        .isEqualTo(
            "400 query_parse_error: `partition` parameter is mandatory for queries to this view.");
    assertThat(hub.get("db/_partition/p/_design/d/_info").status()).isEqualTo(404);
    hub.put("plain", "");
    assertThat(hub.get("plain/_partition/p/_design/d/_view/n").error())
        .isEqualTo("400 bad_request: database is not partitioned");
  }

  @Test
  void aQueryFindsInThePartitionAlone() {
    var query = "{\"selector\":{\"n\":{\"$gt\":38}}}";
    assertThat(ids(hub.post("db/_partition/p/_find", query), "docs")).isEqualTo("p:39 p:40");
    var byId = "{\"selector\":{\"_id\":{\"$gt\":\"a\",\"$lt\":\"z\"},\"n\":1}}";
    assertThat(ids(hub.post("db/_partition/p/_find", byId), "docs")).isEqualTo("p:01");
    assertThat(ids(hub.post("db/_find", query), "docs"))
        .hasSize("p2:39 p2:40 p:39 p:40 q:39 q:40".length());
    var elsewhere = "{\"selector\":{\"_id\":{\"$gt\":\"q\"}}}";
    assertThat(ids(hub.post("db/_partition/p/_find", elsewhere), "docs")).isEmpty();
    hub.put("plain", "");
    assertThat(hub.post("plain/_find", "{\"selector\":{},\"partition\":\"p\"}").error())
        .isEqualTo("400 bad_request: database is not partitioned");
  }

  @Test
  void anIndexIsKeptByPartitionsUnlessItSaysNo() {
    var query = "{\"selector\":{\"n\":{\"$gt\":38}},\"sort\":[{\"n\":\"desc\"}],\"limit\":1}";
    assertThat(hub.post("db/_partition/p/_find", query).error()).startsWith("400 no_usable_index");
    hub.post("db/_index", "{\"index\":{\"fields\":[\"n\"]},\"ddoc\":\"by-n\",\"name\":\"n\"}");
    var first = hub.post("db/_partition/p/_find", query);
    assertThat(ids(first, "docs")).isEqualTo("p:40");
    var next =
        query.replace("\"limit\"", "\"bookmark\":\"" + first.text("bookmark") + "\",\"limit\"");
    assertThat(ids(hub.post("db/_partition/p/_find", next), "docs")).isEqualTo("p:39");
    assertThat(hub.post("db/_find", query).error()).startsWith("400 no_usable_index");
    var plan = hub.post("db/_partition/p/_explain", query);
    assertThat(plan.text("index", "name")).isEqualTo("n");
    assertThat(plan.text("index", "partitioned")).isEqualTo("true");
    assertThat(plan.text("opts", "partition")).isEqualTo("p");
    hub.post(
        "db/_index",
        "{\"index\":{\"fields\":[\"n\"]},\"ddoc\":\"all\",\"name\":\"all\",\"partitioned\":false}");
    assertThat(ids(hub.post("db/_find", query), "docs")).isEqualTo("q:40");
  }
}
