package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.base.Secret;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Show, list and update functions of design documents. */
class RenderTest {
  private static final String DESIGN = "db/_design/d/";
  private static final String ADMIN =
      "Basic " + Base64.getEncoder().encodeToString("root:secret".getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;
  private HubFixture hub;

  @BeforeEach
  void start() {
    hub =
        new HubFixture(
            folder, c -> HubFixture.quickPasswords(c.withAdmin("root", Secret.of("secret"))));
    ask("PUT", "db", "");
    ask("PUT", "db/a", "{\"kind\":\"x\",\"n\":1}");
    ask("PUT", "db/b", "{\"kind\":\"y\",\"n\":2}");
    ask("PUT", "db/c", "{\"kind\":\"x\",\"n\":4}");
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private HttpRequest.Builder request(String method, String path, String body) {
    return hub.request(method, path, body).header("Authorization", ADMIN);
  }

  private HubFixture.Answer ask(String method, String path, String body) {
    return hub.send(request(method, path, body));
  }

  private HubFixture.Answer get(String path) {
    return ask("GET", path, "");
  }

  private static JsonObject object(String name, String value) {
    var object = new JsonObject();
    object.addProperty(name, value);
    return object;
  }

  /** A design document with views and one function. */
  private void design(String group, String source) {
    var map = object("map", "function (doc) { emit(doc.kind, doc.n); }");
    var sum = map.deepCopy();
    sum.addProperty("reduce", "function (keys, values) { return sum(values); }");
    var views = new JsonObject();
    views.add("by-kind", map);
    views.add("total", sum);
    var design = object("greeting", "hello");
    design.add("views", views);
    design.add(group, object("f", source));
    var known = get("db/_design/d");
    if (known.status() == 200) {
      design.addProperty("_rev", known.text("_rev"));
    }
    var answer = ask("PUT", "db/_design/d", design.toString());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  @Test
  void aShowFunctionMakesAPageOfADocument() {
    design("shows", "function (doc, req) { return this.greeting + ' ' + (doc ? doc.n : req.id); }");
    var page = get(DESIGN + "_show/f/b");
    assertThat(page.body()).isEqualTo("hello 2");
    assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("Content-Security-Policy")).isEqualTo("sandbox");
    assertThat(get(DESIGN + "_show/f/none").body()).isEqualTo("hello none");
    assertThat(get(DESIGN + "_show/f").body()).isEqualTo("hello null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{code: 404, json: {a: [1]}}|404|application/json|{\"a\":[1]}",
        "{base64: 'aGk='}|200|application/binary|hi",
        "{headers: {'content-type': 'text/css'}, body: 'b'}|200|text/css|b",
        "undefined|200|application/json|''",
        "(start({code: 202}), send('a'), send(1), 'b')|202|text/html; charset=utf-8|a1b",
      })
  void theResponseObjectBecomesTheAnswer(String made, int status, String type, String body) {
    design("shows", "function () { return " + made + "; }");
    var answer = get(DESIGN + "_show/f");
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo(type);
    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void aFunctionCannotSendHeadersThatWouldEndTheHead() {
    for (var header : new String[] {"'X-A': 'a\\r\\nb: c'", "'X A': 'a'"}) {
      design("shows", "function () { return {headers: {" + header + "}, body: ''}; }");
      assertThat(get(DESIGN + "_show/f").error()).startsWith("500 external_response_error");
    }
  }

  @Test
  void whatTheClientWantsIsChosenAmongWhatIsProvided() {
    design(
        "shows",
        """
        function () {
          registerType('note', 'text/x-note');
          provides('json', function () { return {json: {a: 1}}; });
          provides('html', function () { return '<b>' + this.greeting; });
          provides('note', function () { return 'n'; });
        }\
        """);
    var html = hub.send(request("GET", DESIGN + "_show/f", "").header("Accept", "text/html"));
    assertThat(html.body()).isEqualTo("<b>hello");
    assertThat(html.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    var liked = "text/html;q=0.5, text/x-note, */*;q=0.1";
    assertThat(hub.send(request("GET", DESIGN + "_show/f", "").header("Accept", liked)).body())
        .isEqualTo("n");
    assertThat(get(DESIGN + "_show/f").body()).isEqualTo("{\"a\":1}");
    assertThat(get(DESIGN + "_show/f?format=html").body()).isEqualTo("<b>hello");
    assertThat(get(DESIGN + "_show/f?format=csv").error()).startsWith("406 not_acceptable");
  }

  @Test
  void aFunctionSeesTheRequestButNotWhatTheClientProvesItselfWith() {
    design("shows", "function (doc, req) { return {json: req}; }");
    var answer =
        hub.send(
            HttpRequest.newBuilder(hub.uri(DESIGN + "_show/f/a?x=1"))
                .header("Authorization", ADMIN)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Hand", "left")
                .POST(HttpRequest.BodyPublishers.ofString("name=J%C3%B6rg&b=2")));
    var seen = answer.json();
    assertThat(answer.body()).doesNotContainIgnoringCase("basic").doesNotContain("c2VjcmV0");
    assertThat(answer.text("id")).isEqualTo("a");
    assertThat(answer.text("method")).isEqualTo("POST");
    assertThat(seen.get("path")).hasToString("[\"db\",\"_design\",\"d\",\"_show\",\"f\",\"a\"]");
    assertThat(answer.text("raw_path")).isEqualTo("/db/_design/d/_show/f/a?x=1");
    assertThat(answer.text("query", "x")).isEqualTo("1");
    assertThat(answer.text("headers", "X-Hand")).isEqualTo("left");
    assertThat(answer.text("form", "name")).isEqualTo("Jörg");
    assertThat(answer.text("body")).isEqualTo("name=J%C3%B6rg&b=2");
    assertThat(answer.text("userCtx", "name")).isEqualTo("root");
    assertThat(answer.text("info", "db_name")).isEqualTo("db");
    assertThat(seen.keySet()).contains("uuid", "peer", "secObj", "requested_path", "cookie");
  }

  @Test
  void aListFunctionMakesAPageOfRows() {
    design(
        "lists",
        """
        function (head, req) {
          start({headers: {'Content-Type': 'text/csv'}});
          var row, rows = 0;
          while ((row = getRow())) { send(row.id + ',' + row.value + (row.doc ? '!' : '') + ';'); }
          return head.total_rows + '/' + head.offset;
        }\
        """);
    var list = get(DESIGN + "_list/f/by-kind?startkey=%22x%22&limit=2&skip=1&include_docs=true");
    assertThat(list.body()).isEqualTo("c,4!;b,2!;3/1");
    assertThat(list.header("Content-Type")).isEqualTo("text/csv");
    var keys = "{\"keys\":[\"y\",\"none\",\"x\"]}";
    assertThat(ask("POST", DESIGN + "_list/f/by-kind?skip=1&limit=2", keys).body())
        .startsWith("a,1;c,4;");
    ask(
        "PUT",
        "db/_design/other",
        "{\"views\":{\"ids\":{\"map\":\"function (doc) { emit(doc._id, 0); }\"}}}");
    assertThat(get(DESIGN + "_list/f/other/ids?descending=true").body())
        .isEqualTo("c,0;b,0;a,0;3/0");
    assertThat(get(DESIGN + "_list/f/by-kind?limit=x").error()).startsWith("400 query_parse_error");
    assertThat(get(DESIGN + "_list/f/none").error()).isEqualTo("404 not_found: missing_named_view");
  }

  @Test
  void aListOverGroupsMayUseAFunctionForThem() {
    design(
        "lists",
        "function () { var r; while ((r = getRow())) { send(r.key + '=' + r.value + ' '); } }");
    assertThat(get(DESIGN + "_list/f/total?group=true").body()).isEqualTo("x=5 y=2 ");
    assertThat(get(DESIGN + "_list/f/total").body()).isEqualTo("null=7 ");
    assertThat(ask("POST", DESIGN + "_list/f/total?group=true", "{\"keys\":[\"y\"]}").body())
        .isEqualTo("y=2 ");
  }

  @Test
  void aListHasTheTimeAndTheRoomOfOneCall() {
    design("lists", "function () { while (true) { send('0123456789'.repeat(1000)); } }");
    assertThat(get(DESIGN + "_list/f/by-kind").error()).startsWith("500 os_process_error");
  }

  @Test
  void anUpdateFunctionChangesADocument() {
    design(
        "updates",
        """
        function (doc, req) {
          if (!doc) { return [req.id ? {_id: req.id, made: req.method} : null, {code: 203, body: 'x'}]; }
          doc.n += Number(req.query.by);
          return [doc, 'now ' + doc.n];
        }\
        """);
    var before = get("db/a").text("_rev");
    var changed = ask("PUT", DESIGN + "_update/f/a?by=10", "");
    assertThat(changed.status()).as(changed.body()).isEqualTo(201);
    assertThat(changed.body()).isEqualTo("now 11");
    var after = get("db/a");
    assertThat(after.text("n")).isEqualTo("11");
    assertThat(after.text("_rev")).startsWith("2-").isNotEqualTo(before);
    assertThat(changed.header("X-Couch-Update-NewRev")).isEqualTo(after.text("_rev"));
    assertThat(changed.header("X-Couch-Id")).isEqualTo("a");
    assertThat(ask("PUT", DESIGN + "_update/f/new", "").status()).isEqualTo(203);
    assertThat(get("db/new").text("made")).isEqualTo("PUT");
    assertThat(ask("POST", DESIGN + "_update/f", "").header("X-Couch-Update-NewRev")).isEmpty();
    assertThat(get(DESIGN + "_update/f/a").status()).isEqualTo(405);
  }

  @Test
  void whatAnUpdateFunctionWritesIsLookedAtLikeAllElse() {
    design("updates", "function (doc, req) { return [JSON.parse(req.body), 'ok']; }");
    ask(
        "PUT",
        "db/_design/rule",
        "{\"validate_doc_update\":\"function (d) { if (d.bad) { throw({forbidden: 'no'}); } }\"}");
    assertThat(ask("POST", DESIGN + "_update/f", "{\"_id\":\"x\",\"bad\":1}").error())
        .isEqualTo("403 forbidden: no");
    assertThat(ask("POST", DESIGN + "_update/f", "{\"_id\":\"a\"}").error())
        .startsWith("409 conflict");
    assertThat(ask("POST", DESIGN + "_update/f", "{\"bad\":0}").status()).isEqualTo(400);
    ask("PUT", "db/_security", "{}");
    var write = "{\"_id\":\"_design/mine\"}";
    assertThat(hub.post(DESIGN + "_update/f", write).status()).isEqualTo(401);
    assertThat(get("db/x").status()).isEqualTo(404);
  }

  @Test
  void faultsOfFunctionsAreTold() {
    assertThat(get(DESIGN + "_show/f").error()).isEqualTo("404 not_found: missing");
    design("shows", "function () { throw({forbidden: 'not you'}); }");
    assertThat(get(DESIGN + "_show/f").error()).isEqualTo("403 forbidden: not you");
    assertThat(get(DESIGN + "_show/g").error())
        .isEqualTo("404 not_found: missing shows function g on design doc _design/d");
    design("shows", "function () { return nothing.here; }");
    assertThat(get(DESIGN + "_show/f").error()).startsWith("500 render_error: ReferenceError");
    design("shows", "function ( {");
    assertThat(get(DESIGN + "_show/f").error()).startsWith("500 compilation_error");
    design("shows", "function () { return {bodi: 'x'}; }");
    assertThat(get(DESIGN + "_show/f").error()).startsWith("500 external_response_error");
  }

  @Test
  void oneCallLeavesNothingBehindForTheNext() {
    design(
        "shows",
        "function (doc) { if (doc) { start({code: 201}); send('left'); return 'x'; } return 'y'; }");
    assertThat(get(DESIGN + "_show/f/a").body()).isEqualTo("leftx");
    var second = get(DESIGN + "_show/f");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo("y");
  }
}
