package dev.jiggety.agent.store.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.store.script.ScriptException.Kind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Validation, filters and reduces, as CouchDB runs them. */
class DesignFunctionTest {
  private static final String USER = "{\"name\":\"ann\",\"roles\":[\"node\"],\"db\":\"d\"}";

  private final Scripts scripts = Scripts.open(Scripts.Limits.DEFAULT);

  @AfterEach
  void close() {
    scripts.close();
  }

  private static JsonObject object(String json) {
    return JsonParser.parseString(json).getAsJsonObject();
  }

  private void validate(String source, String next, JsonElement previous) throws ScriptException {
    var design = object("{\"kinds\":[\"a\"],\"lib\":{\"ok\":\"exports.ok = d => d.ok\"}}");
    scripts
        .validate(source, design)
        .validate(object(next), previous, object(USER), object("{\"admins\":{\"roles\":[\"r\"]}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "throw({forbidden: 'no'})|FORBIDDEN|no",
        "throw {unauthorized: 'who?'}|UNAUTHORIZED|who?",
        "throw({forbidden: {code: 1}})|FORBIDDEN|{\"code\":1}",
        "throw({other: 'x'})|RUNTIME|x",
        "throw 'text'|RUNTIME|text",
        "throw new Error('broken')|RUNTIME|Error: broken",
        "null.x|RUNTIME|TypeError: Cannot read property \"x\" from null",
        "nope()|RUNTIME|ReferenceError: \"nope\" is not defined.",
        "throw null|RUNTIME|null",
        "throw 'a\\nb'|RUNTIME|a b",
      })
  void aDocumentIsRefused(String statement, Kind kind, String reason) {
    assertThatThrownBy(
            () -> validate("function(n, o, u, s) {" + statement + "}", "{}", JsonNull.INSTANCE))
        .isInstanceOfSatisfying(
            ScriptException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.reason()).isEqualTo(reason);
            });
  }

  @Test
  void validationSeesBothDocumentsTheUserTheSecurityAndTheDesignDocument() throws ScriptException {
    var source =
        """
        function(newDoc, oldDoc, userCtx, secObj) {
          if (oldDoc !== null && oldDoc.n !== 1) throw({forbidden: 'old'});
          if (newDoc._deleted) throw({forbidden: 'deleted'});
          if (userCtx.name !== 'ann' || userCtx.roles.indexOf('node') < 0) throw({forbidden: 'user'});
          if (secObj.admins.roles[0] !== 'r') throw({forbidden: 'security'});
          if (this.kinds.indexOf(newDoc.kind) < 0) throw({forbidden: 'kind'});
          if (!require('lib/ok').ok(newDoc)) throw({forbidden: 'module'});
          newDoc.changed = true;
        }\
        """;
    validate(source, "{\"kind\":\"a\",\"ok\":true}", JsonNull.INSTANCE);
    validate(source, "{\"kind\":\"a\",\"ok\":true}", object("{\"n\":1}"));
    assertThatThrownBy(() -> validate(source, "{\"kind\":\"b\",\"ok\":true}", JsonNull.INSTANCE))
        .hasMessage("kind");
    assertThatThrownBy(() -> validate(source, "{\"kind\":\"a\"}", JsonNull.INSTANCE))
        .hasMessage("module");
    assertThatThrownBy(() -> validate(source, "{\"kind\":\"a\",\"ok\":true}", object("{\"n\":2}")))
        .hasMessage("old");
  }

  @Test
  void aFilterSaysYesWithAnythingThatIsTrue() throws ScriptException {
    var filter =
        scripts.filter("function(doc, req) { return doc[req.query.member] }", new JsonObject());
    var documents = List.of("{\"a\":1}", "{\"a\":0}", "{\"a\":\"x\"}", "{}", "{\"a\":[]}");
    assertThat(filter.filter(documents, object("{\"query\":{\"member\":\"a\"}}")))
        .containsExactly(true, false, true, false, true);
  }

  @Test
  void aFilterThatThrowsIsAnError() throws ScriptException {
    var filter = scripts.filter("d => d.a.b", new JsonObject());
    assertThatThrownBy(() -> filter.filter(List.of("{}"), new JsonObject()))
        .isInstanceOf(ScriptException.class);
  }

  @Test
  void aMapFunctionFiltersByWhatItEmits() throws ScriptException {
    var lib = object("{\"is\":\"module.exports = d => d.n > 1\"}");
    var filter = scripts.viewFilter("d => { if (require('views/lib/is')(d)) emit(null) }", lib);
    assertThat(filter.filter(List.of("{\"n\":1}", "{\"n\":2}"), new JsonObject()))
        .containsExactly(false, true);
  }

  @Test
  void reduceHasKeysWithIdsAndRereduceHasNone() throws ScriptException {
    var reduce = scripts.reduce("function(keys, values, again) { return [keys, values, again] }");
    List<JsonElement> keys = List.of(JsonParser.parseString("[\"k\",\"id\"]"));
    List<JsonElement> values = List.of(JsonParser.parseString("{\"n\":1}"));
    assertThat(reduce.reduce(keys, values)).hasToString("[[[\"k\",\"id\"]],[{\"n\":1}],false]");
    assertThat(reduce.rereduce(values)).hasToString("[null,[{\"n\":1}],true]");
  }
}
