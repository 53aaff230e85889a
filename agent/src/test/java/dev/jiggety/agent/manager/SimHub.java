package dev.jiggety.agent.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.document.Contents;
import dev.jiggety.document.RolloutDocument;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Rollout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Documents with revisions, in memory: what a hub is to a manager. */
final class SimHub {
  /** A document at a revision. */
  record Revision(long number, JsonObject document) {}

  final Map<String, Revision> patches = new TreeMap<>();
  final Map<String, Revision> config = new TreeMap<>();
  final Map<String, NodeStatus> nodes = new TreeMap<>();
  final List<JsonObject> handedIn = new ArrayList<>();
  final Set<String> takenIn = new HashSet<>();
  boolean isHeadConflicting;
  private long revisions;

  /**
   * Compare-and-swap.
   *
   * @param expected the revision that is to be replaced; 0 for none
   * @return the new revision; 0 where another one stands there
   */
  long put(Map<String, Revision> database, JsonObject document, long expected) {
    String id = document.get("_id").getAsString();
    Revision there = database.get(id);
    if ((there == null ? 0 : there.number()) != expected) {
      return 0;
    }
    if (there != null && document.get("type").getAsString().equals("rollout")) {
      goesOn(RolloutDocument.TYPE.read(there.document()), RolloutDocument.TYPE.read(document));
    }
    database.put(id, new Revision(++revisions, document.deepCopy()));
    return revisions;
  }

  /** Nobody who was active before writes over what came after. */
  private static void goesOn(Rollout before, Rollout after) {
    assertThat(after.epoch()).as(after.id()).isGreaterThanOrEqualTo(before.epoch());
    assertThat(after.transitions())
        .as(after.id())
        .hasSizeGreaterThanOrEqualTo(before.transitions().size());
  }

  /** Somebody writes what stands there once more, with a word of his own. */
  void again(Map<String, Revision> database, String id) {
    database.computeIfPresent(
        id,
        (_, there) -> {
          JsonObject document = there.document().deepCopy();
          document.addProperty("note", ++revisions);
          return new Revision(revisions, document);
        });
  }

  @Nullable JsonObject config(String id) {
    Revision found = config.get(id);
    return found == null ? null : found.document();
  }

  List<JsonObject> patches(String prefix, Predicate<JsonObject> wanted) {
    return patches.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> entry.getValue().document())
        .filter(wanted)
        .toList();
  }

  static String digest(JsonObject document) {
    return Contents.of(document).digest();
  }
}
