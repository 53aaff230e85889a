package dev.jiggety.agent.store.script;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.agent.store.script.ScriptException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.LambdaFunction;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.SerializableCallable;
import org.mozilla.javascript.TopLevel;
import org.mozilla.javascript.Undefined;

/**
 * What the functions of one design document see: standard objects of their own, which nobody can
 * change, and CouchDB's helpers. For one thread at a time.
 */
final class World {
  private static final System.Logger LOG = System.getLogger(World.class.getName());
  private static final int LONGEST_LOG = 500;

  private final TopLevel scope = new TopLevel();
  private final JsonIn in;
  private final Rendering rendering;
  private final List<Object> functions = new ArrayList<>();
  private List<@Nullable Object[]> emitted = new ArrayList<>();
  private @Nullable Scriptable self;
  private boolean broken;

  /**
   * What runs in a world.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  interface Work<T> {
    T run() throws ScriptException;
  }

  World(Engine.Metered context, JsonObject modules) {
    context.initSafeStandardObjects(scope, false);
    scope.cacheBuiltins(scope, false);
    Guards.install(context, scope);
    Seal.all(context, scope);
    this.in = new JsonIn(scope);
    var library = new Modules(scope, modules);
    define("emit", 2, (cx, top, self, args) -> emit(args));
    define("sum", 1, (cx, top, self, args) -> sum(cx, argument(args, 0)));
    define("log", 1, (cx, top, self, args) -> log((Engine.Metered) cx, argument(args, 0)));
    define("toJSON", 1, (cx, top, self, args) -> toJson((Engine.Metered) cx, argument(args, 0)));
    define("isArray", 1, (cx, top, self, args) -> argument(args, 0) instanceof NativeArray);
    define("require", 1, (cx, top, self, args) -> library.require(cx, argument(args, 0)));
    this.rendering = new Rendering(this);
  }

  /** Adds something to the names that functions see. */
  void define(String name, int arguments, SerializableCallable code) {
    var function = new LambdaFunction(scope, name, arguments, code);
    function.sealObject();
    ScriptableObject.defineProperty(scope, name, function, ScriptableObject.DONTENUM);
  }

  static @Nullable Object argument(@Nullable Object[] arguments, int index) {
    return index < arguments.length ? arguments[index] : Undefined.instance;
  }

  TopLevel scope() {
    return scope;
  }

  JsonIn in() {
    return in;
  }

  /** For functions that make answers. */
  Rendering rendering() {
    return rendering;
  }

  /** The design document, as {@code this} of its functions. */
  Scriptable self(String design) {
    var known = self;
    if (known == null) {
      known = in.document(design, true) instanceof Scriptable object ? object : scope;
      self = known;
    }
    return known;
  }

  /** Whether a function was stopped half-way: nobody knows what it left here. */
  boolean broken() {
    return broken;
  }

  /** Compiles a function, as the next of those that {@link #call} knows by number. */
  void add(Engine.Metered context, String source) throws ScriptException {
    functions.add(metered(context, source.length() * 64L, () -> compile(context, source)));
  }

  private Object compile(Engine.Metered context, String source) throws ScriptException {
    Object value;
    try {
      value = Source.evaluate(context, scope, "(" + source + "\n)", "function");
    } catch (RhinoException e) {
      value = compileStatement(context, source, e);
    }
    if (value instanceof Callable) {
      return value;
    }
    throw new ScriptException(Kind.COMPILATION, "Expression does not eval to a function.");
  }

  /** A function with a semicolon or more after it. */
  private Object compileStatement(Engine.Metered context, String source, RhinoException before)
      throws ScriptException {
    try {
      var text = "(function () { var $function = " + source + "\n; return $function; })()";
      return Source.evaluate(context, scope, text, "function");
    } catch (RhinoException e) {
      throw new ScriptException(Kind.COMPILATION, Thrown.describe(before));
    }
  }

  /**
   * Runs something within the limits of one call.
   *
   * @param given bytes of what the function works on
   */
  <T> T metered(Engine.Metered context, long given, Work<T> work) throws ScriptException {
    var meter = context.meter();
    meter.begin(given);
    try {
      return work.run();
    } catch (LimitError e) {
      broken = true;
      throw e.toException();
    } catch (StackOverflowError | OutOfMemoryError e) {
      broken = true;
      throw new ScriptException(Kind.MEMORY, "the function used up its stack or memory");
    } catch (RuntimeException e) {
      throw Thrown.exception(e);
    } finally {
      meter.end();
    }
  }

  /** Calls a function; what it throws goes through. */
  @Nullable Object call(
      Engine.Metered context, int function, @Nullable Scriptable self, @Nullable Object... args) {
    var code = (Callable) functions.get(function);
    return code.call(context, scope, self == null ? scope : self, args);
  }

  /** The value as JSON. */
  JsonElement json(Engine.Metered context, @Nullable Object value) {
    return JsonOut.write(context, scope, value);
  }

  private Object toJson(Engine.Metered context, @Nullable Object value) {
    return Undefined.isUndefined(value)
        ? Undefined.instance
        : JsonOut.write(context, scope, value).toString();
  }

  /** What was emitted since this was asked last: key and value in turns. */
  List<@Nullable Object[]> takeEmitted() {
    var taken = emitted;
    emitted = new ArrayList<>();
    return taken;
  }

  private Object emit(@Nullable Object[] args) {
    emitted.add(new @Nullable Object[] {argument(args, 0), argument(args, 1)});
    return Undefined.instance;
  }

  private static Object sum(org.mozilla.javascript.Context context, @Nullable Object values) {
    Object sum = 0;
    if (values instanceof Scriptable list) {
      for (var id : list.getIds()) {
        var value =
            id instanceof Integer index
                ? ScriptableObject.getProperty(list, index)
                : ScriptableObject.getProperty(list, String.valueOf(id));
        sum = ScriptRuntime.add(sum, value, context);
      }
    }
    return sum;
  }

  private Object log(Engine.Metered context, @Nullable Object message) {
    if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
      var text =
          message instanceof CharSequence words
              ? words.toString()
              : JsonOut.write(context, scope, message).toString();
      LOG.log(System.Logger.Level.DEBUG, Thrown.oneLine(text, LONGEST_LOG));
    }
    return Undefined.instance;
  }
}
