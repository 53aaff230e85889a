package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.agent.hub.HubFixture.Answer;
import dev.jiggety.base.Secret;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate_doc_update} on every way in. */
class ValidationTest {
  private static final String FORBIDDEN = "403 forbidden: not so";

  @TempDir Path folder;
  private HubFixture hub;

  @BeforeEach
  void start() {
    hub =
        new HubFixture(
            folder, c -> HubFixture.quickPasswords(c).withAdmin("ada", Secret.of("secret")));
    as("ada", "PUT", "_users", "");
    as(
        "ada",
        "PUT",
        "_users/org.couchdb.user:bob",
        "{'name':'bob','password':'secret','roles':['tester'],'type':'user'}");
    as("ada", "PUT", "db", "");
    as("ada", "PUT", "db/_security", "{'members':{'roles':['tester']}}");
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private Answer as(String user, String method, String path, String body) {
    var pair = (user + ":secret").getBytes(StandardCharsets.UTF_8);
    return hub.send(
        hub.request(method, path, body.replace('\'', '"'))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
  }

  private Answer bob(String method, String path, String body) {
    return as("bob", method, path, body);
  }

  private void design(String name, String function) {
    var json = new JsonObject();
    json.addProperty("validate_doc_update", function);
    var known = as("ada", "GET", "db/_design/" + name, "");
    if (known.status() == 200) {
      json.addProperty("_rev", known.text("_rev"));
    }
    var body = json.toString();
    var pair = Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8));
    var request =
        hub.request("PUT", "db/_design/" + name, "")
            .method("PUT", BodyPublishers.ofString(body))
            .header("Authorization", "Basic " + pair);
    assertThat(hub.send(request).status()).isEqualTo(201);
  }

  /** Refuses whatever has a member {@code bad}, and tombstones. */
  private void refuseBad() {
    design(
        "guard",
        "function (next, old) { if (next.bad || next._deleted) throw {forbidden: 'not so'}; }");
  }

  @Test
  void everyWayIn() {
    var kept = bob("PUT", "db/kept", "{'n':1}").text("rev");
    refuseBad();

    assertThat(bob("PUT", "db/a", "{'bad':1}").error()).isEqualTo(FORBIDDEN);
    assertThat(bob("POST", "db", "{'bad':1}").error()).isEqualTo(FORBIDDEN);
    assertThat(bob("DELETE", "db/kept?rev=" + kept, "").error()).isEqualTo(FORBIDDEN);
    assertThat(bob("PUT", "db/a?new_edits=false", "{'_rev':'1-a','bad':1}").error())
        .isEqualTo(FORBIDDEN);
    assertThat(bob("PUT", "db/a", "{'good':1}").status()).isEqualTo(201);

    var rows = bob("POST", "db/_bulk_docs", "{'docs':[{'_id':'x','bad':1},{'_id':'y'}]}").array();
    assertThat(rows.get(0).toString())
        .isEqualTo("{\"id\":\"x\",\"error\":\"forbidden\",\"reason\":\"not so\"}");
    assertThat(rows.get(1).getAsJsonObject().get("ok").getAsBoolean()).isTrue();
    var replicated =
        bob(
                "POST",
                "db/_bulk_docs",
                "{'new_edits':false,'docs':[{'_id':'x','_rev':'1-a','bad':1},"
                    + "{'_id':'z','_rev':'1-a'}]}")
            .array();
    assertThat(replicated).hasSize(1);
    assertThat(replicated.get(0).getAsJsonObject().get("error").getAsString())
        .isEqualTo("forbidden");
    assertThat(bob("GET", "db/x", "").status()).isEqualTo(404);
    assertThat(bob("GET", "db/z", "").status()).isEqualTo(200);
  }

  @Test
  void attachmentsAndCopies() {
    var rev = bob("PUT", "db/a", "{'n':1}").text("rev");
    design(
        "guard",
        "function (next, old) { if (next._attachments || next._id === 'b')"
            + " throw {unauthorized: 'none'}; }");

    assertThat(bob("PUT", "db/a/file?rev=" + rev, "text").error())
        .isEqualTo("401 unauthorized: none");
    assertThat(bob("PUT", "db/c", "{'_attachments':{'f':{'data':''}}}").error())
        .isEqualTo("401 unauthorized: none");
    var pair = Base64.getEncoder().encodeToString("bob:secret".getBytes(StandardCharsets.UTF_8));
    var copy =
        hub.send(
            hub.request("COPY", "db/a", "")
                .header("Destination", "b")
                .header("Authorization", "Basic " + pair));
    assertThat(copy.error()).isEqualTo("401 unauthorized: none");
  }

  /** Shows its arguments by refusing with them. */
  private JsonObject seen(String method, String path, String body) {
    var answer = bob(method, path, body);
    assertThat(answer.status()).isEqualTo(403);
    return com.google.gson.JsonParser.parseString(answer.text("reason")).getAsJsonObject();
  }

  @Test
  void whatTheFunctionSees() {
    var rev =
        bob("PUT", "db/a", "{'n':1,'_attachments':{'f':{'content_type':'a/b','data':'YWJj'}}}")
            .text("rev");
    design(
        "show",
        "function (next, old, user, sec) {"
            + " throw {forbidden: JSON.stringify({next: next, old: old, user: user, sec: sec})}; }");

    var first = seen("PUT", "db/new", "{'n':12345678901234567890}");
    assertThat(first.get("next").getAsJsonObject().keySet()).containsExactlyInAnyOrder("_id", "n");
    assertThat(first.get("old").isJsonNull()).isTrue();
    assertThat(first.get("user").toString())
        .isEqualTo("{\"db\":\"db\",\"name\":\"bob\",\"roles\":[\"tester\"]}");
    assertThat(first.getAsJsonObject("sec").get("members").toString())
        .isEqualTo("{\"roles\":[\"tester\"]}");

    var edit = seen("PUT", "db/a", "{'_rev':'" + rev + "','_attachments':{'f':{'stub':true}}}");
    var next = edit.getAsJsonObject("next");
    assertThat(next.get("_rev").getAsString()).isEqualTo(rev);
    assertThat(next.getAsJsonObject("_revisions").get("start").getAsInt()).isEqualTo(1);
    var old = edit.getAsJsonObject("old");
    assertThat(old.get("n").getAsInt()).isEqualTo(1);
    assertThat(old.get("_revisions")).isEqualTo(next.get("_revisions"));
    var stub = next.getAsJsonObject("_attachments").getAsJsonObject("f");
    assertThat(stub.get("length").getAsInt()).isEqualTo(3);
    assertThat(stub.get("content_type").getAsString()).isEqualTo("a/b");
    assertThat(old.getAsJsonObject("_attachments").getAsJsonObject("f")).isEqualTo(stub);

    var gone = seen("DELETE", "db/a?rev=" + rev, "").getAsJsonObject("next");
    assertThat(gone.keySet()).containsExactlyInAnyOrder("_id", "_rev", "_deleted", "_revisions");
  }

  @Test
  void whoBringsADocumentBackWithoutItsTombstoneWritesANewOne() {
    var rev = bob("PUT", "db/a", "{}").text("rev");
    var tombstone = bob("DELETE", "db/a?rev=" + rev, "").text("rev");
    design("old", "function (next, old) { throw {forbidden: old ? 'old' : 'new'}; }");

    assertThat(bob("PUT", "db/a", "{}").text("reason")).isEqualTo("new");
    assertThat(bob("PUT", "db/a?rev=" + tombstone, "{}").text("reason")).isEqualTo("old");
    assertThat(bob("PUT", "db/a?rev=" + rev, "{}").status()).isEqualTo(409);
  }

  @Test
  void allDesignDocumentsAreAskedInOrderAndAChangeCountsAtOnce() {
    design("b", "function (next) { if (next.n > 1) throw {forbidden: 'b'}; }");
    design("a", "function (next) { if (next.n > 2) throw {forbidden: 'a'}; }");

    assertThat(bob("PUT", "db/x", "{'n':1}").status()).isEqualTo(201);
    assertThat(bob("PUT", "db/y", "{'n':2}").text("reason")).isEqualTo("b");
    assertThat(bob("PUT", "db/y", "{'n':3}").text("reason")).isEqualTo("a");
    for (var n = 0; n < 20; n++) {
      design("b", "function (next) { if (next.n !== " + n + ") throw {forbidden: 'b'}; }");
      design("a", "function (next) {}");
      assertThat(bob("PUT", "db/n" + n, "{'n':" + n + "}").status()).isEqualTo(201);
      assertThat(bob("PUT", "db/m" + n, "{'n':-1}").status()).isEqualTo(403);
    }
    var rev = as("ada", "GET", "db/_design/b", "").text("_rev");
    as("ada", "DELETE", "db/_design/b?rev=" + rev, "");
    assertThat(bob("PUT", "db/free", "{'n':-1}").status()).isEqualTo(201);
  }

  @Test
  void designDocumentsThatAreNoneAreRefused() {
    var broken = "{'views':{'v':{'map':'function ('}}}";
    var answer = as("ada", "PUT", "db/_design/d", broken);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("error")).isEqualTo("compilation_error");
    assertThat(as("ada", "PUT", "db/_design/d", "{'views':1}").text("error"))
        .isEqualTo("invalid_design_doc");
    var rows =
        as(
                "ada",
                "POST",
                "db/_bulk_docs",
                "{'docs':[{'_id':'_design/d'," + broken.substring(1) + ",{'_id':'fine'}]}")
            .array();
    assertThat(rows.get(0).getAsJsonObject().get("error").getAsString())
        .isEqualTo("compilation_error");
    assertThat(rows.get(1).getAsJsonObject().has("ok")).isTrue();
  }

  @Test
  void aFunctionThatCannotWorkRefusesAndCanBeMended() {
    design("bad", "function (");
    var answer = bob("PUT", "db/a", "{}");
    assertThat(answer.text("error")).isEqualTo("compilation_error");
    assertThat(answer.text("reason")).contains("_design/bad");
    assertThat(answer.status()).isEqualTo(500);
    var rows = bob("POST", "db/_bulk_docs", "{'docs':[{'_id':'x'}]}").array();
    assertThat(rows.get(0).getAsJsonObject().get("reason").getAsString()).contains("_design/bad");
    assertThat(bob("PUT", "db/_local/l", "{}").status()).as("not asked").isEqualTo(201);

    design("bad", "function () { return nothing.at.all; }");
    assertThat(bob("PUT", "db/a", "{}").text("reason")).contains("_design/bad");
    design("bad", "function () {}");
    assertThat(bob("PUT", "db/a", "{}").status()).isEqualTo(201);
  }
}
