package dev.jiggety.agent.store.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.script.ScriptException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a function cannot do, and what becomes of the sandbox when it tries. */
class SandboxTest {
  private static final Scripts.Limits TIGHT =
      new Scripts.Limits(Duration.ofMillis(800), 32L << 20, 2);

  private final Scripts scripts =
      Scripts.open(new Scripts.Limits(Duration.ofSeconds(20), 32L << 20, 2));

  @AfterEach
  void close() {
    scripts.close();
  }

  private String run(String body) throws ScriptException {
    return scripts.reduce("function () {" + body + "\n}").rereduce(List.of()).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "typeof Packages",
        "typeof java",
        "typeof javax",
        "typeof importClass",
        "typeof load",
        "typeof importPackage",
        "typeof JavaAdapter",
        "typeof JavaImporter",
        "typeof getClass",
        "typeof ''.getClass",
        "typeof ({}).getClass",
        "typeof emit.getClass",
        "typeof quit",
        "typeof doc",
        "typeof eval",
        "typeof Proxy",
        "typeof Promise",
        "typeof BigInt",
        "typeof Uint8Array",
        "typeof process",
        "typeof print",
        "typeof readFile"
      })
  void thereIsNoSuchThing(String expression) throws ScriptException {
    assertThat(run("return " + expression)).isEqualTo("\"undefined\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "constructor.constructor('return this')()",
        "(function () {}).constructor('return 1')()",
        "(() => 1).constructor('return 1')()",
        "new (function () {}.constructor)('1')",
        "(function* () {}).constructor('yield 1')",
        "''.sub.constructor('return 1')()",
        "emit.constructor('return 1')()",
        "new Function('return 1')()",
        "Reflect.construct(Function, ['return 1'])",
        "eval('1')",
        "(0, eval)('1')",
        "java.lang.System.exit(1)",
        "Packages.java.lang.System.exit(1)",
        "importClass(java.io.File)",
      })
  void thereIsNoWayOut(String expression) {
    assertThatThrownBy(() -> run("return " + expression))
        .isInstanceOfSatisfying(
            ScriptException.class, e -> assertThat(e.kind()).isEqualTo(Kind.RUNTIME));
  }

  @Test
  void anErrorShowsNothingOfJava() throws ScriptException {
    var body =
        "var seen = []; [() => null.x, () => emit.apply(1, 2), () => JSON.parse('{'),"
            + " () => { throw new Error('e') }, () => require('x')].forEach(f => { try { f() }"
            + " catch (e) { seen.push(typeof e.javaException, typeof e.rhinoException,"
            + " Object.getOwnPropertyNames(e).join(), String(e.stack)) } });"
            + " return seen.join(' ')";
    assertThat(run(body)).doesNotContain("object", "function ", "Exception", ".java", "mozilla");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Object.prototype.x = 1",
        "({}).__proto__.x = 1",
        "[].__proto__.x = 1",
        "Array.prototype[0] = 1",
        "Array.prototype.push.call(Array.prototype, 1)",
        "Array.prototype.push.call(Object.prototype, 1)",
        "Array.prototype.unshift.call(Math, 1)",
        "Array.prototype.__proto__ = {x: 1}",
        "Object.prototype.__proto__ = {x: 1}",
        "Object.setPrototypeOf(Array.prototype, {x: 1})",
        "Object.defineProperty(Array.prototype, 'x', {value: 1})",
        "Object.defineProperty(Array.prototype, 'push', {value: 1})",
        "Object.defineProperties(Math, {x: {value: 1}})",
        "Object.assign(Array.prototype, {x: 1})",
        "Object.prototype.__defineGetter__('x', () => 1)",
        "Reflect.defineProperty(Array.prototype, 'x', {value: 1})",
        "Reflect.set({}, 'x', 1, Array.prototype)",
        "Reflect.deleteProperty(Array.prototype, 'push')",
        "delete Array.prototype.push",
        "JSON.stringify = null",
        "Math.PI = 3",
        "emit.x = 1",
        "emit.constructor.prototype.x = 1",
        "Symbol.iterator.__proto__.x = 1",
        "[][Symbol.iterator]().__proto__.next = 1",
        "(function* () {})().__proto__.__proto__.next = 1",
        "(function* () {}).__proto__.x = 1",
        "''.matchAll(/x/g).__proto__.next = 1",
        "with (Object.prototype) { toString = 1 }",
        "Error.prepareStackTrace = () => 1",
        "Error.captureStackTrace(Array.prototype)",
        "Array.from.call(function () { return Object.prototype }, [1])",
        "var b = [1]; b.constructor = function () { return Object.prototype };"
            + " b.constructor[Symbol.species] = b.constructor; b.map(x => x); b.concat([2])",
      })
  void standardObjectsCannotBeChanged(String statement) throws ScriptException {
    var look =
        "function look() { var g = function* () {}, seen = [];"
            + " [{}, [], '', 1, Math, emit, JSON, Symbol.iterator, () => 1, g, g(), /x/g,"
            + " [][Symbol.iterator](), ''.matchAll(/x/g), new Map(), new Error()].forEach(o =>"
            + " { seen.push(o.x, o[0], typeof o.stack); do { Reflect.ownKeys(Object(o)).forEach("
            + "k => { try { seen.push(String(k), typeof o[k]) } catch (e) {} });"
            + " o = Object.getPrototypeOf(o) } while (o) });"
            + " seen.push(Math.PI, [].push.name); return JSON.stringify(seen) }";
    var body = look + " var a = look(); try { " + statement + " } catch (e) {} return a === look()";
    assertThat(run(body)).isEqualTo("true");
  }

  @Test
  void ownObjectsCanBeChangedFreely() throws ScriptException {
    var body =
        "var o = {}; o.toString = 1; o.constructor = 2; var e = new Error('a'); e.message = 'b';"
            + " e.name = 'N'; var a = [1]; a.length = 0; a.push(o.toString, o.constructor);"
            + " function F() {} F.prototype.p = 4; return a.concat(e.message, e.name, new F().p)";
    assertThat(run(body)).isEqualTo("[1,2,\"b\",\"N\",4]");
  }

  @Test
  void designDocumentsDoNotSeeOneAnother() throws ScriptException {
    run("shared = 1; emit = 1; return 1");
    assertThat(run("return [typeof shared, typeof emit]"))
        .isEqualTo("[\"undefined\",\"function\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true);",
        "for (;;) { try { for (;;); } finally { continue } }",
        "try { while (true); } catch (e) { return 1 } finally { return 2 }",
        "[1].forEach(() => { for (;;); })",
        "return {toJSON() { for (;;); }}",
        "return {get a() { for (;;); }}",
        "'x'.repeat({valueOf() { for (;;); }})",
      })
  void aFunctionWithoutEndIsStopped(String body) throws ScriptException {
    try (var tight = Scripts.open(TIGHT)) {
      assertEnds(tight, body, Kind.TIMEOUT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(function f() { f() })()",
        "(function f() { [1].forEach(f) })()",
        "function f() { f.apply(this, arguments) } f()",
        "var s = 'xxxxxxxxxx'; while (true) { s += s; s.charAt(0) }",
        "var a = []; while (true) { a.push({}) }",
        "var m = new Map(); while (true) { m.set(m.size, 1) }",
        "'x'.repeat(1 << 30)",
        "'x'.padEnd(1e9)",
        "'x'.repeat({valueOf() { return 1e9 }})",
        "new Array(4294967295).join('x')",
        "new Array(4294967295).fill(0)",
        "String(new Array(4294967295))",
        "'' + new Array(4294967295)",
        "JSON.stringify(new Array(4294967295))",
        "return [...new Array(4294967295)]",
        "Math.max.apply(null, new Array(4294967295))",
        "String.fromCharCode.apply(null, {length: 1e9})",
        "Array.from({length: 4294967295})",
        "for (var x of new Array(4294967295));",
        "new Set(new Array(4294967295))",
        "var a = []; a.length = 4294967295; a.indexOf(1)",
        "var a = []; a[4294967294] = 1; a.reverse()",
        "var a = []; a.length = 4294967295; return a",
        "[].concat({length: 1e9, [Symbol.isConcatSpreadable]: true})",
        "var s = 'x'.repeat(1000000); s.replace(/x/g, s)",
        "var s = 'x'.repeat(1000000); s.replaceAll('x', s)",
        "var s = 'x'.repeat(1000000); /x/g[Symbol.replace](s, s)",
        "''.concat.apply('', new Array(100000).fill('x'.repeat(10000)))",
        "new Array(10000).fill('x'.repeat(100000)).join('')",
        "var a = [1]; for (var i = 0; i < 40; i++) a = [a, a]; JSON.stringify(a)",
        "var a = [1]; for (var i = 0; i < 40; i++) a = [a, a]; return a",
        "var a = [1]; for (var i = 0; i < 40; i++) a = [a, a]; a.flat(Infinity)",
        "var s = 'x'.repeat(10000000); var a = []; for (var i = 0; i < 1000; i++) a.push(s);"
            + " return a",
        "JSON.parse('['.repeat(100000))",
        "new RegExp('('.repeat(100000))",
      })
  void aFunctionThatWantsTooMuchIsStopped(String body) throws ScriptException {
    assertEnds(scripts, body, Kind.MEMORY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/(a+)+$/.test('a'.repeat(40) + '!')",
        "('a'.repeat(40) + '!').match(/^(([a-z])+.)+[A-Z]([a-z])+$/)",
        "('a'.repeat(40) + '!').replace(/(a|aa)+$/, '')",
        "var a = [1]; for (var i = 0; i < 40; i++) a = [a, a]; String(a)",
      })
  void aStepWithoutEndIsStopped(String body) throws ScriptException {
    try (var tight = Scripts.open(TIGHT)) {
      assertEnds(tight, body, Kind.TIMEOUT, Kind.MEMORY);
    }
  }

  private static void assertEnds(Scripts scripts, String body, Kind... kinds)
      throws ScriptException {
    var function = scripts.reduce("function () {" + body + "\n}");
    assertThatThrownBy(() -> function.rereduce(List.of()))
        .isInstanceOfSatisfying(
            ScriptException.class, e -> assertThat(e.kind()).isIn((Object[]) kinds));
    var after = scripts.reduce("function () { return 1 + 1 }");
    assertThat(after.rereduce(List.of())).hasToString("2");
  }

  @Test
  void tooDeepARecursionCanBeCaughtAsEverywhere() throws ScriptException {
    assertThat(run("function f() { f() } try { f() } catch (e) { return 'deep' }"))
        .isEqualTo("\"deep\"");
  }

  @Test
  void bigIntegersAreRefusedWhenCompiled() {
    assertThatThrownBy(() -> run("return 10n ** 1000000000n"))
        .isInstanceOfSatisfying(
            ScriptException.class, e -> assertThat(e.reason()).contains("BigInt is not supported"));
  }

  @Test
  void aDocumentThatStopsAFunctionDoesNotStopTheOthers() throws ScriptException {
    var sources = List.of("d => { if (d.n === 2) for (;;); emit(d.n) }", "d => emit(-d.n)");
    var rows = new ArrayList<String>();
    try (var tight = Scripts.open(TIGHT)) {
      tight
          .maps(sources, new JsonObject())
          .map(
              List.of("{\"n\":1}", "{\"n\":2}", "{\"n\":3}"),
              (document, function, key, value) -> rows.add(key.toString()));
    }
    assertThat(rows).containsExactly("1", "-1", "-2", "3", "-3");
  }

  @ParameterizedTest
  @CsvSource({"3,30", "1,10"})
  void manyVirtualThreadsShareFewPlatformThreads(int threads, int callers) throws Exception {
    var limits = new Scripts.Limits(Duration.ofSeconds(5), 64L << 20, threads);
    try (var shared = Scripts.open(limits);
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var count = shared.reduce("(keys, values) => { n = sum(values); return n }");
      var answers = new ArrayList<Future<String>>();
      for (var i = 0; i < callers; i++) {
        var values = List.<JsonElement>of(new JsonPrimitive(i));
        answers.add(executor.submit(() -> count.rereduce(values).toString()));
      }
      for (var i = 0; i < callers; i++) {
        assertThat(answers.get(i).get()).isEqualTo(String.valueOf(i));
      }
    }
  }

  @Test
  void aClosedSandboxSaysSo() throws ScriptException {
    var function = scripts.reduce("() => 1");
    scripts.close();
    assertThatThrownBy(() -> function.rereduce(List.of())).hasMessageContaining("closed");
    assertThatThrownBy(() -> scripts.reduce("() => 1")).hasMessageContaining("closed");
  }

  @Test
  void closingStopsWhatRuns() throws Exception {
    var patient = Scripts.open(new Scripts.Limits(Duration.ofHours(1), 1L << 40, 1));
    var endless = patient.reduce("() => { for (;;); }");
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer = executor.submit(() -> endless.rereduce(List.of()));
      patient.close();
      assertThatThrownBy(answer::get).cause().isInstanceOf(Exception.class);
    }
  }
}
