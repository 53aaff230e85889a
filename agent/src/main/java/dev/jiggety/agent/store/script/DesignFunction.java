package dev.jiggety.agent.store.script;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.agent.store.script.ScriptException.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.JavaScriptException;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/** One function of a design document, which it sees as {@code this}. */
final class DesignFunction implements Scripts.RenderFunction {
  private final Program program;
  private final String design;

  DesignFunction(Program program, JsonObject design) {
    this.program = program;
    this.design = design.toString();
  }

  /** As {@code validate_doc_update}. */
  void validate(JsonObject next, JsonElement previous, JsonObject user, JsonObject security)
      throws ScriptException {
    program.run((context, world) -> {
      var before = Meter.allocated();
      var in = world.in();
      var arguments =
          new @Nullable Object[] {
            in.value(next), in.value(previous), in.value(user), in.value(security)
          };
      var self = world.self(design);
      var given = 4 * (Meter.allocated() - before);
      return world.metered(
          context,
          given,
          () ->
              refusing(
                  context,
                  world,
                  () -> {
                    world.call(context, 0, self, arguments);
                    return true;
                  }));
    });
  }

  @Override
  public JsonObject show(JsonElement document, JsonObject request) throws ScriptException {
    return render(document, request, Collections.emptyIterator());
  }

  @Override
  public JsonObject list(JsonObject head, JsonObject request, Iterator<JsonObject> rows)
      throws ScriptException {
    return render(head, request, rows);
  }

  private JsonObject render(JsonElement subject, JsonObject request, Iterator<JsonObject> rows)
      throws ScriptException {
    return answering(
        subject,
        request,
        (context, world, self, arguments) ->
            world.rendering().render(context, self, arguments, request, rows));
  }

  @Override
  public Scripts.Updated update(JsonElement document, JsonObject request) throws ScriptException {
    return answering(
        document,
        request,
        (context, world, self, arguments) -> world.rendering().update(context, self, arguments));
  }

  /** A call of a function that makes an answer. */
  @FunctionalInterface
  private interface Answering<T> {
    T call(Engine.Metered context, World world, Scriptable self, @Nullable Object[] arguments)
        throws ScriptException;
  }

  private <T> T answering(JsonElement subject, JsonObject request, Answering<T> work)
      throws ScriptException {
    return program.run((context, world) -> {
      var before = Meter.allocated();
      var in = world.in();
      var arguments = new @Nullable Object[] {in.value(subject), in.value(request)};
      var self = world.self(design);
      var given = 4 * (Meter.allocated() - before);
      return world.metered(
          context,
          given,
          () -> refusing(context, world, () -> work.call(context, world, self, arguments)));
    });
  }

  /** What a function throws to refuse, as that. */
  private static <T> T refusing(Engine.Metered context, World world, World.Work<T> work)
      throws ScriptException {
    try {
      return work.run();
    } catch (JavaScriptException e) {
      if (e.getValue() instanceof ScriptableObject thrown
          && !"Error".equals(thrown.getClassName())) {
        refuse(context, world, thrown, "forbidden", Kind.FORBIDDEN);
        refuse(context, world, thrown, "unauthorized", Kind.UNAUTHORIZED);
      }
      throw e;
    }
  }

  private static void refuse(
      Engine.Metered context, World world, ScriptableObject thrown, String name, Kind kind)
      throws ScriptException {
    if (ScriptableObject.hasProperty(thrown, name)) {
      var reason = world.json(context, ScriptableObject.getProperty(thrown, name));
      var text = reason.isJsonPrimitive() ? reason.getAsString() : reason.toString();
      throw new ScriptException(kind, text);
    }
  }

  /** As a filter of a changes feed. */
  List<Boolean> filter(List<String> documents, JsonObject request) throws ScriptException {
    return program.run((context, world) -> {
      var passed = new ArrayList<Boolean>(documents.size());
      var self = world.self(design);
      var req = world.in().value(request);
      for (var text : documents) {
        var document = world.in().document(text, false);
        passed.add(
            world.metered(
                context,
                text.length() * 16L,
                () -> ScriptRuntime.toBoolean(world.call(context, 0, self, document, req))));
      }
      return passed;
    });
  }

  /** As a map function whose rows nobody wants: whether there are any. */
  List<Boolean> filterByEmit(List<String> documents) throws ScriptException {
    return program.run((context, world) -> {
      var passed = new ArrayList<Boolean>(documents.size());
      for (var text : documents) {
        var document = world.in().document(text, false);
        world.takeEmitted();
        world.metered(
            context,
            text.length() * 16L,
            () -> {
              world.call(context, 0, null, document);
              return true;
            });
        passed.add(!world.takeEmitted().isEmpty());
      }
      return passed;
    });
  }

  /** As a reduce function. */
  JsonElement reduce(@Nullable List<JsonElement> keys, List<JsonElement> values)
      throws ScriptException {
    return program.run((context, world) -> {
      var before = Meter.allocated();
      var pairs = keys == null ? null : world.in().array(keys);
      var list = world.in().array(values);
      var given = 4 * (Meter.allocated() - before);
      return world.metered(
          context,
          given,
          () -> world.json(context, world.call(context, 0, null, pairs, list, keys == null)));
    });
  }
}
