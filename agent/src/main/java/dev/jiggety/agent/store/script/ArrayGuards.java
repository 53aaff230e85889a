package dev.jiggety.agent.store.script;

import dev.jiggety.agent.store.script.ScriptException.Kind;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.LambdaFunction;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.SymbolKey;
import org.mozilla.javascript.Undefined;

/** Guards before the functions of arrays, which may be very long without taking any memory. */
@SuppressWarnings("ReferenceEquality") // objects of a script are the same or they are not
final class ArrayGuards {
  /** Elements that an array may have where a function walks over all of them in one step. */
  private static final long LONGEST = 1_000_000;

  /** They change the array, which may be one of a document. */
  private static final Set<String> CHANGING =
      Set.of("push", "pop", "shift", "unshift", "splice", "reverse", "sort", "fill", "copyWithin");

  /** They make a new array, by whatever stands as {@code constructor}. */
  private static final Set<String> CREATING =
      Set.of("map", "filter", "slice", "splice", "concat", "flat", "flatMap");

  private final Guards guards;
  private final ScriptableObject array;

  ArrayGuards(Guards guards) {
    this.guards = guards;
    this.array = guards.prototype("Array");
  }

  void install() {
    IdentityHashMap<Object, LambdaFunction> known =
        new IdentityHashMap<>(); // [Symbol.iterator] is values
    for (var id : array.getAllIds()) {
      if (id instanceof String name && array.get(name, array) instanceof BaseFunction original) {
        if (!name.equals("constructor")) {
          var guarded = guards.guard(name, original, check(name));
          known.put(original, guarded);
          ScriptableObject.defineProperty(array, name, guarded, ScriptableObject.DONTENUM);
        }
      }
    }
    var iterator = known.get(array.get(SymbolKey.ITERATOR, array));
    if (iterator != null) {
      array.put(SymbolKey.ITERATOR, array, iterator);
    }
    var constructor = guards.object("Array");
    Guards.Check own =
        (meter, self, args) -> {
          if (self != constructor) {
            throw ScriptRuntime.typeError("Only Array makes arrays here");
          }
          length(Guards.argument(args, 0));
        };
    guards.wrap(constructor, "from", own);
    guards.wrap(constructor, "of", own);
  }

  private Guards.Check check(String name) {
    return (meter, self, args) -> {
      var length = length(self);
      if (CHANGING.contains(name) && self instanceof ScriptableObject object && object.isSealed()) {
        throw ScriptRuntime.typeError("The array of a document cannot be changed");
      }
      if (CREATING.contains(name) && self instanceof NativeArray array && !createsArrays(array)) {
        throw ScriptRuntime.typeError("Only Array makes arrays here");
      }
      switch (name) {
        case "push", "pop" -> {}
        case "concat" -> {
          var sum = length;
          for (var arg : args) {
            sum += spreads(arg) ? length(arg) : 1;
          }
          bound(sum);
          meter.check();
        }
        case "flat" -> flat(self, depth(args), 0);
        case "join", "toString", "toLocaleString" -> {
          var separator = Guards.argument(args, 0) instanceof CharSequence text ? text.length() : 1;
          meter.checkBytes(joined(self, length, separator));
        }
        default -> meter.check();
      }
    };
  }

  /** Whether nothing but Array itself is asked for a new array ({@code Symbol.species}). */
  private boolean createsArrays(Scriptable array) {
    Scriptable at = array;
    while (at != null && !at.has("constructor", at)) {
      at = at.getPrototype();
    }
    return at == this.array;
  }

  private static boolean spreads(@Nullable Object value) {
    return value instanceof NativeArray
        || (value instanceof ScriptableObject object
            && ScriptableObject.hasProperty(object, SymbolKey.IS_CONCAT_SPREADABLE));
  }

  private static int depth(@Nullable Object[] args) {
    if (Undefined.isUndefined(Guards.argument(args, 0))) {
      return 1;
    }
    args[0] = ScriptRuntime.toNumber(args[0]);
    return (int) ScriptRuntime.toNumber(args[0]); // infinity is the largest int
  }

  /** Counts what flat() would gather; the same array may stand in many places. */
  private static long flat(@Nullable Object value, int depth, long before) {
    var sum = before;
    if (value instanceof NativeArray array) {
      for (var i = 0; i < array.getLength(); i++) {
        var element = array.get(i, array);
        sum = element instanceof NativeArray && depth > 0 ? flat(element, depth - 1, sum) : sum + 1;
        bound(sum);
      }
    }
    return sum;
  }

  /** The length of a joined string, as far as it is known: elements that are strings. */
  private static long joined(@Nullable Object self, long length, int separator) {
    var sum = length * separator;
    if (self instanceof NativeArray array) {
      for (var i = 0; i < length; i++) {
        sum += array.get(i, array) instanceof CharSequence text ? text.length() : 0;
      }
    }
    return sum * 2;
  }

  /** The length of what a function takes for an array. */
  static long length(@Nullable Object value) {
    if (value instanceof NativeArray array) {
      return bound(array.getLength());
    }
    if (!(value instanceof ScriptableObject object) || value instanceof Callable) {
      return 0; // a string or a number: it holds its length itself
    }
    for (Scriptable at = object; at instanceof ScriptableObject holder; at = at.getPrototype()) {
      if (holder.has("length", holder)) {
        var length = holder.get("length", object);
        var computed = holder.getGetterOrSetter("length", 0, holder, false) instanceof Scriptable;
        if (computed || length instanceof Scriptable) {
          throw ScriptRuntime.typeError("The length of an array must be a number");
        }
        return bound((long) ScriptRuntime.toNumber(length));
      }
    }
    return 0;
  }

  private static long bound(long length) {
    if (length > LONGEST) {
      throw new LimitError(
          Kind.MEMORY, "the function works on an array of more than " + LONGEST + " elements");
    }
    return length;
  }
}
