package dev.jiggety.agent.store.script;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.LambdaFunction;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Symbol;
import org.mozilla.javascript.SymbolKey;
import org.mozilla.javascript.TopLevel;
import org.mozilla.javascript.Undefined;

/**
 * Stands before those functions of Rhino's that could take memory or time without end in one step,
 * in which nothing looks at the meter; and takes away what no design document needs.
 */
@SuppressWarnings("ReferenceEquality") // objects of a script are the same or they are not
final class Guards {
  /** A string of one character, with the reference to it. */
  private static final long PIECE_BYTES = 48;

  /**
   * Not in a sandbox: what makes code of texts (CouchDB forbids it too), numbers and buffers of any
   * size, what may answer each question anew, and what runs when the function is over.
   */
  private static final List<String> ABSENT =
      List.of(
          "eval",
          "BigInt",
          "ArrayBuffer",
          "DataView",
          "Int8Array",
          "Uint8Array",
          "Uint8ClampedArray",
          "Int16Array",
          "Uint16Array",
          "Int32Array",
          "Uint32Array",
          "Float32Array",
          "Float64Array",
          "BigInt64Array",
          "BigUint64Array",
          "Proxy",
          "Promise",
          "uneval",
          "With",
          "Iterator",
          "StopIteration");

  private final TopLevel scope;

  /** Rhino's own {@code __proto__} changes what is sealed; setPrototypeOf has a guard. */
  private static final String PROTO =
      """
      (function (getOf, setOf) {
        Object.defineProperty(Object.prototype, '__proto__', {
          get: function () { return getOf(Object(this)) },
          set: function (to) {
            if (to === null || typeof to === 'object' || typeof to === 'function') setOf(this, to)
          }
        })
      })(Object.getPrototypeOf, Object.setPrototypeOf)\
      """;

  /** Something to look at before a function runs. */
  @FunctionalInterface
  interface Check {
    void check(Meter meter, @Nullable Object self, @Nullable Object[] arguments);
  }

  private Guards(TopLevel scope) {
    this.scope = scope;
  }

  /** Puts guards before the functions of a world. */
  static void install(Context context, TopLevel scope) {
    var guards = new Guards(scope);
    var generator =
        (Scriptable) context.evaluateString(scope, "(function* () {})", "hidden", 1, null);
    ABSENT.forEach(scope::delete);
    new ArrayGuards(guards).install();
    guards.strings();
    guards.applying();
    guards.noCode((ScriptableObject) generator.getPrototype());
    guards.noRedefinition();
    guards.prototype("Object").delete("__proto__");
    context.evaluateString(scope, PROTO, "prototypes", 1, null);
    ScriptableObject.defineProperty(
        guards.object("JSON"),
        "stringify",
        new LambdaFunction(scope, "stringify", 3, Stringify::call),
        ScriptableObject.DONTENUM);
  }

  ScriptableObject object(String name) {
    return (ScriptableObject) scope.get(name, scope);
  }

  ScriptableObject prototype(String name) {
    var object = object(name);
    return (ScriptableObject) object.get("prototype", object);
  }

  private void strings() {
    var string = prototype("String");
    wrapRepeat(string);
    for (var name : List.of("padStart", "padEnd")) {
      wrap(
          string,
          name,
          (meter, self, args) -> {
            args[0] = ScriptRuntime.toNumber(argument(args, 0));
            meter.checkBytes((long) Math.max(0, ScriptRuntime.toNumber(args[0]) * 2));
          });
    }
    wrap(
        string,
        "split",
        (meter, self, args) -> {
          var separator = argument(args, 0);
          if (separator instanceof CharSequence text && text.isEmpty()) {
            meter.checkBytes(textLength(self) * PIECE_BYTES);
          }
        });
    wrap(
        string,
        "concat",
        (meter, self, args) -> {
          var sum = textLength(self);
          for (var i = 0; i < args.length; i++) {
            args[i] = ScriptRuntime.toString(args[i]);
            sum += textLength(args[i]);
            meter.checkBytes(sum * 2);
          }
        });
    object("String").delete("raw");
    Check replace = (meter, self, args) -> meter.checkBytes(replaced(self, argument(args, 1)) * 2);
    wrap(string, "replace", replace);
    wrap(string, "replaceAll", replace);
    var regexp = prototype("RegExp");
    Symbol symbol = SymbolKey.REPLACE;
    if (regexp.get(symbol, regexp) instanceof BaseFunction original) {
      Check swapped =
          (meter, self, args) ->
              meter.checkBytes(replaced(argument(args, 0), argument(args, 1)) * 2);
      regexp.put(symbol, regexp, guard("[Symbol.replace]", original, swapped));
    }
  }

  private void wrapRepeat(ScriptableObject string) {
    wrap(
        string,
        "repeat",
        (meter, self, args) -> {
          args[0] = ScriptRuntime.toNumber(argument(args, 0));
          var length = textLength(self) * ScriptRuntime.toNumber(args[0]) * 2;
          meter.checkBytes((long) Math.max(0, length));
        });
  }

  /** How long a string can become by replacing, at the most that is likely. */
  private static long replaced(@Nullable Object self, @Nullable Object replacement) {
    if (!(replacement instanceof CharSequence)) {
      return 0;
    }
    var text = replacement.toString();
    var length = textLength(self);
    var whole = text.contains("$`") || text.contains("$'") ? length : 0;
    return length + (length + 1) * (text.length() + whole);
  }

  private static long textLength(@Nullable Object value) {
    return value instanceof CharSequence text
        ? text.length()
        : ScriptRuntime.toString(value).length();
  }

  private void applying() {
    var function = prototype("Function");
    wrap(function, "apply", (meter, self, args) -> ArrayGuards.length(argument(args, 1)));
    var reflect = object("Reflect");
    wrap(reflect, "apply", (meter, self, args) -> ArrayGuards.length(argument(args, 2)));
    wrap(reflect, "construct", (meter, self, args) -> ArrayGuards.length(argument(args, 1)));
  }

  /** {@code Function} stays, for instanceof, but makes no functions of texts. */
  private void noCode(ScriptableObject generator) {
    var function = prototype("Function");
    var stub =
        new LambdaFunction(scope, "Function", 1, Guards::refuse) {
          private static final long serialVersionUID = 1L;

          @Override
          public Scriptable construct(Context context, Scriptable top, Object[] arguments) {
            throw noCodeOfTexts();
          }
        };
    stub.setImmunePrototypeProperty(function);
    ScriptableObject.defineProperty(function, "constructor", stub, ScriptableObject.DONTENUM);
    if (generator != function) {
      generator.setAttributes("constructor", ScriptableObject.EMPTY); // else it keeps the old one
      ScriptableObject.defineProperty(generator, "constructor", stub, ScriptableObject.DONTENUM);
    }
    ScriptableObject.defineProperty(scope, "Function", stub, ScriptableObject.DONTENUM);
  }

  /** What is sealed keeps out assignments only: these go past them. */
  private void noRedefinition() {
    Check first = (meter, self, args) -> unsealed(argument(args, 0));
    for (var holder : List.of(object("Object"), object("Reflect"))) {
      for (var name :
          List.of(
              "defineProperty",
              "defineProperties",
              "setPrototypeOf",
              "assign",
              "set",
              "deleteProperty",
              "freeze",
              "seal",
              "preventExtensions")) {
        wrap(holder, name, first);
      }
    }
    Check own = (meter, self, args) -> unsealed(self);
    for (var name : List.of("__defineGetter__", "__defineSetter__")) {
      wrap(prototype("Object"), name, own);
    }
  }

  private static void unsealed(@Nullable Object target) {
    if (target instanceof ScriptableObject object && object.isSealed()) {
      throw ScriptRuntime.typeError("Standard objects and documents cannot be changed");
    }
  }

  private static Object refuse(Context cx, Scriptable top, Scriptable self, Object[] args) {
    throw noCodeOfTexts();
  }

  private static RuntimeException noCodeOfTexts() {
    return ScriptRuntime.constructError("EvalError", "Code cannot be made of texts here");
  }

  void wrap(ScriptableObject holder, String name, Check check) {
    if (holder.get(name, holder) instanceof BaseFunction original) {
      ScriptableObject.defineProperty(
          holder, name, guard(name, original, check), ScriptableObject.DONTENUM);
    }
  }

  LambdaFunction guard(String name, BaseFunction original, Check check) {
    Callable target = original;
    return new LambdaFunction(
        scope,
        name,
        original.getLength(),
        (cx, top, self, args) -> {
          var arguments = args.length == 0 ? new Object[] {Undefined.instance} : args.clone();
          check.check(((Engine.Metered) cx).meter(), self, arguments);
          return target.call(cx, top, self, args.length == 0 ? args : arguments);
        });
  }

  static @Nullable Object argument(@Nullable Object[] arguments, int index) {
    return World.argument(arguments, index);
  }
}
