package dev.jiggety.agent.store.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import dev.jiggety.agent.store.script.ScriptException;
import dev.jiggety.agent.store.script.Scripts;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/** A reduce function in JavaScript, held to CouchDB's {@code reduce_limit}. */
final class JavaScriptReduce implements Reduce {
  private static final System.Logger LOG = System.getLogger(JavaScriptReduce.class.getName());

  /** The error of a reduction that grows with what it reduces. */
  static final String OVERFLOW = "reduce_overflow_error";

  /** Reductions shorter than this may be as long as they like, in characters. */
  private static final int FREE_CHARACTERS = 4096;

  private final Scripts.ReduceFunction function;
  private volatile boolean failing;

  JavaScriptReduce(Scripts.ReduceFunction function) {
    this.function = function;
  }

  @Override
  public JsonElement reduce(List<ViewRow> rows) {
    var keys = new ArrayList<JsonElement>(rows.size());
    var values = new ArrayList<JsonElement>(rows.size());
    for (var row : rows) {
      var key = new JsonArray(2);
      key.add(row.key());
      key.add(row.id());
      keys.add(key);
      values.add(row.value());
    }
    try {
      return checked(function.reduce(keys, values), List.of(keys, values));
    } catch (ScriptException e) {
      return failed(e);
    }
  }

  @Override
  public JsonElement rereduce(List<JsonElement> reductions) {
    try {
      return checked(function.rereduce(reductions), List.of(reductions));
    } catch (ScriptException e) {
      return failed(e);
    }
  }

  /** CouchDB: share/server/views.js, {@code reduce_limit = true}. */
  private static JsonElement checked(JsonElement reduction, List<List<JsonElement>> input) {
    var output = reduction.toString().length();
    if (output > FREE_CHARACTERS) {
      var size = 0;
      for (var list : input) {
        for (var element : list) {
          size += element.toString().length() + 1;
        }
      }
      if (2L * output > size) {
        throw new ReduceException(
            OVERFLOW,
            "Reduce output must shrink more rapidly: input size: "
                + size
                + " output size: "
                + output);
      }
    }
    return reduction;
  }

  /** As in CouchDB, the reduction is null where the function throws. */
  private JsonElement failed(ScriptException e) {
    if (e.kind() == ScriptException.Kind.TIMEOUT || e.kind() == ScriptException.Kind.MEMORY) {
      throw new ReduceException("timeout", e.reason());
    }
    if (!failing) {
      failing = true;
      LOG.log(Level.WARNING, "a reduce function failed: {0}", e.reason());
    }
    return JsonNull.INSTANCE;
  }
}
