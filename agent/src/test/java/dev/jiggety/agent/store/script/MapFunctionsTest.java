package dev.jiggety.agent.store.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Map functions, as CouchDB's users write them. */
class MapFunctionsTest {
  private final Scripts scripts = Scripts.open(Scripts.Limits.DEFAULT);

  @AfterEach
  void close() {
    scripts.close();
  }

  private List<String> rows(List<String> sources, JsonObject lib, String... documents)
      throws ScriptException {
    var rows = new ArrayList<String>();
    scripts
        .maps(sources, lib)
        .map(
            List.of(documents),
            (document, function, key, value) ->
                rows.add(document + "/" + function + " " + key + " " + value));
    return rows;
  }

  private List<String> rows(String source, String... documents) throws ScriptException {
    return rows(List.of(source), new JsonObject(), documents);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "function(doc){ emit(doc._id, doc.n) }",
        "\nfunction (doc) {\n  emit(doc._id, doc.n);\n}\n",
        "function named(doc) { emit(doc._id, doc.n) };",
        "function(doc){ emit(doc._id, doc.n) }; // the end",
        "/* first */ function(doc){ emit(doc._id, doc.n) } /* last */ ;;",
        "doc => emit(doc._id, doc.n)",
        "({_id, n}) => { const key = `${_id}`; emit(key, n); };",
        "(function () { return function (doc) { emit(doc._id, doc.n) } })()",
      })
  void aFunctionComesInManyForms(String source) throws ScriptException {
    assertThat(rows(source, "{\"_id\":\"a\",\"n\":1}")).containsExactly("0/0 \"a\" 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"function(doc){", "7", "", "undefined", "{}", "function(doc){} }", "nope"})
  void whatIsNoFunctionDoesNotCompile(String source) {
    assertThatThrownBy(() -> scripts.maps(List.of(source), new JsonObject()))
        .isInstanceOfSatisfying(
            ScriptException.class,
            e -> assertThat(e.kind()).isEqualTo(ScriptException.Kind.COMPILATION));
  }

  @Test
  void eachFunctionSeesEachDocument() throws ScriptException {
    var sources = List.of("doc => emit(doc.n)", "doc => { emit(1, doc.n); emit(2, doc.n) }");
    assertThat(rows(sources, new JsonObject(), "{\"n\":7}", "{\"n\":8}"))
        .containsExactly("0/0 7 null", "0/1 1 7", "0/1 2 7", "1/0 8 null", "1/1 1 8", "1/1 2 8");
  }

  @Test
  void aFunctionThatThrowsHasNoRowsOfThatDocumentAndTheOthersGoOn() throws ScriptException {
    var sources = List.of("doc => { emit(1); emit(doc.a.b) }", "doc => emit(2)");
    assertThat(rows(sources, new JsonObject(), "{}", "{\"a\":{\"b\":3}}"))
        .containsExactly("0/1 2 null", "1/0 1 null", "1/0 3 null", "1/1 2 null");
  }

  @Test
  void whatAFunctionWritesIntoADocumentIsLost() throws ScriptException {
    var source =
        "function(doc) { doc.a = 2; doc.list[0] = 2; doc.o.p = 2; delete doc.o.q; doc.z = 1;"
            + " try { doc.list.push(9) } catch (e) {}"
            + " emit(doc.a, [doc.list, doc.o, doc.z]) }";
    var document = "{\"a\":1,\"list\":[1],\"o\":{\"p\":1,\"q\":1}}";
    var row = " 1 [[1],{\"p\":1,\"q\":1},null]";
    assertThat(rows(List.of(source, source), new JsonObject(), document))
        .containsExactly("0/0" + row, "0/1" + row);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "undefined|null",
        "function(){}|null",
        "NaN|null",
        "-1/0|null",
        "1.0|1",
        "-0|0",
        "0.1|0.1",
        "1e21|1e+21",
        "1e20|100000000000000000000",
        "1e-7|1e-7",
        "Math.pow(2,53)|9007199254740992",
        "new Date(0)|\"1970-01-01T00:00:00.000Z\"",
        "[undefined, function(){}, 1]|[null,null,1]",
        "({a: undefined, b: () => 1, c: Symbol(), d: null})|{\"d\":null}",
        "new String('s')|\"s\"",
        "Object(1)|1",
        "Object(false)|false",
        "({toJSON: function(){ return {x: 1} }})|{\"x\":1}",
        "'a' + 'b'|\"ab\"",
        "[1,,2]|[1,null,2]",
        "({2: 'b', 1: 'a', z: 0})|{\"1\":\"a\",\"2\":\"b\",\"z\":0}",
        "sum([1, 2, 3])|6",
        "isArray([])|true",
        "isArray({length: 1})|false",
        "toJSON({a: [1]})|\"{\\\"a\\\":[1]}\"",
        "JSON.stringify({a: 1})|\"{\\\"a\\\":1}\"",
        "JSON.parse('[1]')|[1]",
        "JSON.stringify([{a: 1, b: undefined}], null, 1)|\"[\\n {\\n  \\\"a\\\": 1\\n }\\n]\"",
        "JSON.stringify({a: 1, b: 2}, ['b'])|\"{\\\"b\\\":2}\"",
        "JSON.stringify({a: 1}, (k, v) => k ? v + 1 : v)|\"{\\\"a\\\":2}\"",
        "[[1, [2]], 3].flat(2)|[1,2,3]",
        "Math.max.apply(null, [1, 3, 2])|3",
        "[1, 2].concat([3], 4)|[1,2,3,4]",
        "'a-b'.replace(/-/g, '$&$&')|\"a--b\"",
        "'ab'.repeat(2).padStart(6, '.')|\"..abab\"",
        "[...[1, 2], 3]|[1,2,3]",
        "(function () { return arguments.length })(1, 2)|2",
        "Array.prototype.slice.call({length: 1, 0: 'x'})|[\"x\"]",
        "Array.from('ab')|[\"a\",\"b\"]",
        "(() => 1) instanceof Function|true",
        "typeof log|\"function\"",
        "[3,1,2].sort().map(x => x * 2)|[2,4,6]",
        "'2015-06-01T10:00:00Z'.split('T')[0]|\"2015-06-01\"",
        "/(\\d+)/.exec('a12b')[1]|\"12\"",
        "[...new Set([1,1,2])]|[1,2]",
        "Object.entries({a: 1})|[[\"a\",1]]",
      })
  void valuesComeOutAsJsonStringifyWritesThem(String expression, String json)
      throws ScriptException {
    assertThat(rows("doc => emit(0, " + expression + ")", "{}")).containsExactly("0/0 0 " + json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"var a = {}; a.a = a; emit(a)", "emit({get a() {throw 1}})"})
  void whatIsNoJsonIsAFailure(String body) throws ScriptException {
    assertThat(rows("doc => { emit(1); " + body + "}", "{}")).isEmpty();
  }

  private static JsonObject lib(String json) {
    return JsonParser.parseString(json).getAsJsonObject();
  }

  @Test
  void modulesAreRequiredByTheirPath() throws ScriptException {
    var lib =
        lib(
            """
            {"names": "exports.full = function (d) { return d.first + ' ' + d.last }",
             "deep": {"one": "exports.n = require('./two').n + require('../names').full.length",
                      "two": "module.exports = {n: 41}"}}\
            """);
    var source =
        "doc => emit(require('views/lib/names').full(doc), require('views/lib/deep/one').n)";
    assertThat(rows(List.of(source), lib, "{\"first\":\"A\",\"last\":\"B\"}"))
        .containsExactly("0/0 \"A B\" 42");
  }

  @Test
  void aModuleIsEvaluatedOnceAndMayBePartOfACycle() throws ScriptException {
    var lib =
        lib(
            """
            {"a": "exports.count = 0; exports.early = 1; exports.b = require('./b')",
             "b": "exports.seen = require('./a').early"}\
            """);
    var source =
        "doc => { var a = require('views/lib/a'); a.count++;"
            + " emit(a === require('views/lib/a'), [a.count, a.b.seen]) }";
    assertThat(rows(List.of(source), lib, "{}", "{}"))
        .containsExactly("0/0 true [1,1]", "1/0 true [2,1]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"views/lib/none", "views/lib", "../x", "./x", "/views/lib/a", "", "__proto__"})
  void anUnknownModuleIsAnErrorThatNamesIt(String path) throws ScriptException {
    var source = "doc => { try { require('" + path + "') } catch (e) { emit(e.message) } }";
    assertThat(rows(List.of(source), lib("{\"a\":\"\"}"), "{}"))
        .singleElement()
        .asString()
        .contains(path);
  }
}
