package dev.jiggety.agent.replication;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.document.CanonicalJson;
import org.jspecify.annotations.Nullable;

/**
 * Names a replication, so that it finds its own checkpoints again. Two replications with one id
 * would destroy each other's checkpoints unnoticed (CouchDB overwrites local documents without a
 * word), so the id covers all that tells them apart: both ends, the direction, the filter. A store
 * that was lost or copied has another uuid and thereby another id. Passwords are no part of it.
 */
public final class ReplicationId {
  private static final String VERSION = "jiggety-1";

  private ReplicationId() {}

  /**
   * The id: 32 hexadecimal digits.
   *
   * @param code the source of the filter's function, or of the view's; empty for other filters. A
   *     function that was changed lets other documents pass: that is another replication
   */
  public static String of(String source, String target, ReplicationOptions options, String code) {
    var parts = new JsonArray();
    parts.add(VERSION);
    parts.add(source);
    parts.add(target);
    var filter = filter(options.filter(), code);
    var begin = options.begin();
    if (filter != null || begin.since() != null || !begin.mark().isEmpty()) {
      parts.add(filter);
    }
    if (begin.since() != null || !begin.mark().isEmpty()) {
      parts.add(begin.since());
      parts.add(begin.mark());
    }
    return CanonicalJson.md5(parts);
  }

  /** The filter as JSON; null = none. */
  private static @Nullable JsonElement filter(ChangesFilter filter, String code) {
    return switch (filter) {
      case ChangesFilter.All() -> null;
      case ChangesFilter.DocIds(var docIds) -> {
        var ids = new JsonArray();
        docIds.stream().sorted().distinct().forEach(ids::add);
        yield ids;
      }
      case ChangesFilter.Selector(var selector) -> members("selector", "", selector);
      case ChangesFilter.Function(var name, var parameters) -> members(name, code, parameters);
      case ChangesFilter.View(var name) -> members("_view " + name, code, new JsonObject());
    };
  }

  private static JsonObject members(String kind, String code, JsonObject detail) {
    var json = new JsonObject();
    json.addProperty("filter", kind);
    json.addProperty("code", code);
    json.add("detail", detail);
    return json;
  }
}
