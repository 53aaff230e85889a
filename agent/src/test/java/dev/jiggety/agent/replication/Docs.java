package dev.jiggety.agent.replication;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.document.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Documents for tests. */
final class Docs {
  private Docs() {}

  /** A first revision. */
  static WireDocument first(String id, String value) {
    return child(id, List.of(), value, false);
  }

  /** {@code count} first revisions, {@code prefix-0000} and so on. */
  static List<WireDocument> many(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> first("%s-%04d".formatted(prefix, i), "value " + i))
        .toList();
  }

  /**
   * A revision that grows out of another. The same content and parent give the same revision.
   *
   * @param parents history of the parent, newest first; empty for a first revision
   */
  static WireDocument child(String id, List<Revision> parents, String value, boolean deleted) {
    var json = new JsonObject();
    json.addProperty("_id", id);
    json.addProperty("value", value);
    if (deleted) {
      json.addProperty("_deleted", true);
    }
    return withHistory(json, parents);
  }

  /** The same for any content. */
  static WireDocument withHistory(JsonObject content, List<Revision> parents) {
    var seed = new JsonArray();
    seed.add(content);
    parents.stream().limit(1).forEach(parent -> seed.add(parent.toString()));
    var generation = parents.isEmpty() ? 1 : parents.getFirst().generation() + 1;
    var rev = new Revision(generation, CanonicalJson.md5(seed));
    var ids = new JsonArray();
    ids.add(rev.hash());
    parents.forEach(parent -> ids.add(parent.hash()));
    var revisions = new JsonObject();
    revisions.addProperty("start", generation);
    revisions.add("ids", ids);
    var json = content.deepCopy();
    json.add("_rev", new JsonPrimitive(rev.toString()));
    json.add("_revisions", revisions);
    return WireDocument.of(json);
  }

  /** The revisions in {@code _revisions}, newest first. */
  static List<Revision> history(JsonObject document) {
    var revisions = document.getAsJsonObject("_revisions");
    var generation = revisions.get("start").getAsInt();
    var history = new ArrayList<Revision>();
    for (var id : revisions.getAsJsonArray("ids")) {
      history.add(new Revision(generation--, id.getAsString()));
    }
    return history;
  }
}
