package dev.jiggety.repository.couch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.couch.ViewRange;
import dev.jiggety.document.Ids;
import java.util.function.Consumer;

/**
 * The records of rollouts by what is asked of them: by a view, or where the hub has no such view
 * all there are, so that who asks picks what fits. After a failure in the middle some have been
 * handed over.
 */
public final class RolloutRows {
  private RolloutRows() {}

  /** Those that have not ended; perhaps others too. */
  public static Outcome<Integer> open(HubDatabase patches, Consumer<JsonObject> consumer) {
    return rows(patches, ViewRange.all(view(DesignDocuments.OPEN)), consumer);
  }

  /**
   * Those that have ended and have one of these places in the line, or the next ones after these
   * were given up; perhaps others too, and some twice.
   */
  public static Outcome<Integer> ended(
      HubDatabase patches, long from, long to, Consumer<JsonObject> consumer) {
    JsonElement first = new JsonPrimitive(from);
    JsonElement last = new JsonPrimitive(to);
    return rows(patches, ViewRange.between(view(DesignDocuments.PLACES), first, last), consumer);
  }

  /** Those that were handed in last, newest first; without the view all, newest first by id. */
  static Outcome<Integer> newest(HubDatabase patches, int most, Consumer<JsonObject> consumer) {
    return rows(
        patches, ViewRange.all(view(DesignDocuments.NEWEST)).backwards().limitedTo(most), consumer);
  }

  private static Outcome<Integer> rows(
      HubDatabase patches, ViewRange range, Consumer<JsonObject> consumer) {
    Outcome<Integer> rows = patches.views().eachDocument(range, consumer);
    if (!(rows instanceof Outcome.Missing<Integer>)) {
      return rows;
    }
    IdRange all = IdRange.startingWith(Ids.rollout(""));
    return patches.eachRow(
        range.lastFirst() ? all.backwards().limitedTo(range.limit()) : all,
        row -> {
          if (row.document() != null) {
            consumer.accept(row.document());
          }
        });
  }

  private static String view(String name) {
    return DesignDocuments.NAME + "/" + name;
  }
}
