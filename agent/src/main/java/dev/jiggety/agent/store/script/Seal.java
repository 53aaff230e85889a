package dev.jiggety.agent.store.script;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Symbol;
import org.mozilla.javascript.TopLevel;

/** Makes all standard objects unchangeable, the hidden ones too. */
final class Seal {
  /** Prototypes that no global name leads to. */
  private static final String HIDDEN =
      "[[][Symbol.iterator](), ''[Symbol.iterator](), new Map().entries(), new Set().values(),"
          + " ''.matchAll(/x/g), function* () {}, (function* () {})()]";

  private Seal() {}

  /** Seals everything that can be reached from the top, but not the top itself. */
  static void all(Context context, TopLevel scope) {
    Set<Scriptable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Scriptable> todo = new ArrayDeque<>();
    seen.add(scope);
    members(scope, todo);
    todo.add((Scriptable) context.evaluateString(scope, HIDDEN, "hidden", 1, null));
    for (var object = todo.poll(); object != null; object = todo.poll()) {
      if (seen.add(object)) {
        members(object, todo);
        if (object instanceof ScriptableObject sealable) {
          // not preventExtensions(): Rhino would no longer look at the seal
          sealable.sealObject();
        }
      }
    }
  }

  private static void members(Scriptable object, Deque<Scriptable> todo) {
    add(object.getPrototype(), todo);
    if (object instanceof ScriptableObject holder) {
      for (var id : holder.getAllIds()) {
        if (id instanceof String name) {
          add(holder.getGetterOrSetter(name, 0, holder, false), todo);
          add(holder.getGetterOrSetter(name, 0, holder, true), todo);
        }
        try {
          add(value(holder, id), todo);
        } catch (RhinoException e) {
          // a getter that does not work on a prototype itself; it leads nowhere else
        }
      }
    }
  }

  private static @Nullable Object value(ScriptableObject holder, Object id) {
    return switch (id) {
      case Integer index -> holder.get(index, holder);
      case Symbol symbol -> holder.get(symbol, holder);
      default -> holder.get(String.valueOf(id), holder);
    };
  }

  private static void add(@Nullable Object value, Deque<Scriptable> todo) {
    if (value instanceof Scriptable object) {
      todo.add(object);
    }
  }
}
