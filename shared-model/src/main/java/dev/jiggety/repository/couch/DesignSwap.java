package dev.jiggety.repository.couch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings a design document into a database. Where indexes change, the new ones are built beside the
 * old, under another name, and swapped when they are ready: until then the old ones answer. A
 * server keeps an index under the signature of its functions, not under the name of the document,
 * so that nothing is built twice. What was cut off in the middle goes on where it was.
 */
final class DesignSwap {
  /** Where the new indexes are built; it has no rules of its own. */
  static final String NEXT = DesignDocuments.ID + "-next";

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final HubDatabase database;
  private final Duration patience;

  /**
   * Into this database.
   *
   * @param patience how long to wait for new indexes, from request to request
   */
  DesignSwap(HubDatabase database, Duration patience) {
    this.database = database;
    this.patience = patience;
  }

  /**
   * Brings it in, in the place of an older one. One of a newer version stays.
   *
   * @return the revision that is there now
   */
  Outcome<String> install(JsonObject design) {
    return switch (database.get(DesignDocuments.ID)) {
      case Outcome.Ok<JsonObject>(JsonObject found) -> replace(found, design);
      case Outcome.Missing<JsonObject> missing -> database.put(design);
      case Outcome<JsonObject> other -> other.map(absent -> "");
    };
  }

  private Outcome<String> replace(JsonObject found, JsonObject design) {
    String rev = found.get("_rev").getAsString();
    found.remove("_rev");
    if (found.equals(design) || DesignDocuments.version(found) > DesignDocuments.version(design)) {
      return tidy(new Outcome.Ok<>(rev), design);
    }
    JsonObject next = design.deepCopy();
    next.addProperty("_rev", rev);
    JsonObject views = views(design);
    if (views.isEmpty() || views.equals(views(found))) {
      return database.put(next);
    }
    return beside(design)
        .then(built -> database.put(next))
        .then(done -> tidy(new Outcome.Ok<>(done), design));
  }

  /** Builds the indexes under another name, and comes back when all of them answer. */
  private Outcome<String> beside(JsonObject design) {
    JsonObject views = views(design);
    JsonObject next = new JsonObject();
    next.addProperty("_id", NEXT);
    next.addProperty("language", "javascript");
    next.addProperty("version", DesignDocuments.version(design));
    next.add("views", views);
    Outcome<JsonObject> there = database.get(NEXT);
    if (there instanceof Outcome.Ok<JsonObject>(JsonObject found)) {
      JsonElement rev = found.remove("_rev");
      if (found.equals(next)) {
        return built(views).map(done -> rev.getAsString()); // begun before
      }
      next.add("_rev", rev);
    } else if (!(there instanceof Outcome.Missing<JsonObject>)) {
      return there.map(absent -> "");
    }
    return database.put(next).then(stored -> built(views).map(done -> stored));
  }

  private Outcome<Integer> built(JsonObject views) {
    Outcome<Integer> built = new Outcome.Ok<>(0);
    for (String view : views.keySet()) {
      built = built.then(before -> build(view));
    }
    return built;
  }

  /** A request that takes too long does not stop the building: the next one waits for the rest. */
  private Outcome<Integer> build(String view) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Outcome<Integer> asked = database.views().warm(DesignDocuments.NAME + "-next/" + view);
      if (!(asked instanceof Outcome.Unavailable<Integer>) || System.nanoTime() > end) {
        return asked;
      }
      LockSupport.parkNanos(PAUSE.toNanos()); // it may be away and not only slow
    }
  }

  /** What a newer program builds is left alone: an older one may look by while it does. */
  private Outcome<String> tidy(Outcome<String> done, JsonObject design) {
    return database.get(NEXT) instanceof Outcome.Ok<JsonObject>(JsonObject left)
            && DesignDocuments.version(left) <= DesignDocuments.version(design)
        ? database.delete(NEXT, left.get("_rev").getAsString()).then(gone -> done)
        : done;
  }

  private static JsonObject views(JsonObject design) {
    return design.get("views") instanceof JsonObject views ? views : new JsonObject();
  }
}
