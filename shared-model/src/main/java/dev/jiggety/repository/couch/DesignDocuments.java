package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The design documents of this version, the same on every hub: what may be written, and indexes.
 * The functions stand in files of their own, as JavaScript.
 */
final class DesignDocuments {
  /** The one that a database of ours has. */
  static final String ID = "_design/jiggety";

  /** Its name in the path of a view. */
  static final String NAME = "jiggety";

  /** The view of {@link #live}: runs by hour, test, node and verdict. */
  static final String VERDICTS = "verdicts";

  /** The view of {@link #patches}: rollouts that have not ended, by id. */
  static final String OPEN = "open";

  /** The view of {@link #patches}: place in the line → id of a rollout that has ended. */
  static final String PLACES = "places";

  /** The view of {@link #patches}: time when it was handed in → rollout. */
  static final String NEWEST = "newest";

  /** The view of {@link #incidents}: incidents that last, by id. */
  static final String OPEN_INCIDENTS = "open";

  /** The view of {@link #incidents}: when an incident ended → incident. */
  static final String ENDED = "ended";

  /** The view of {@link #incidents}: test or node, and when it began → incident. */
  static final String SUBJECT = "subject";

  /** Grows with every change, so that an older program does not undo a newer one's. */
  private static final int VERSION = 3;

  private DesignDocuments() {}

  /** Of the configuration. */
  static JsonObject config() {
    return validated("config");
  }

  /** Of the reports of nodes. */
  static JsonObject status() {
    return validated("status");
  }

  /** Of patches and their records. */
  static JsonObject patches() {
    JsonObject views = new JsonObject();
    for (String view : List.of(OPEN, PLACES, NEWEST)) {
      views.add(view, mapped("patches-" + view + "-map.js"));
    }
    JsonObject design = validated("patches");
    design.add("views", views);
    return design;
  }

  /** Of incidents, and what belongs to them. */
  static JsonObject incidents() {
    JsonObject views = new JsonObject();
    for (String view : List.of(OPEN_INCIDENTS, ENDED, SUBJECT)) {
      views.add(view, mapped("incidents-" + view + "-map.js"));
    }
    JsonObject design = validated("incidents");
    design.add("views", views);
    return design;
  }

  /** Of a week's results. */
  static JsonObject live() {
    JsonObject verdicts = mapped("live-verdicts-map.js");
    verdicts.addProperty("reduce", "_sum");
    JsonObject views = new JsonObject();
    views.add(VERDICTS, verdicts);
    JsonObject design = validated("live");
    design.add("views", views);
    return design;
  }

  private static JsonObject mapped(String file) {
    JsonObject view = new JsonObject();
    view.addProperty("map", source(file));
    return view;
  }

  private static JsonObject validated(String database) {
    JsonObject design = new JsonObject();
    design.addProperty("_id", ID);
    design.addProperty("language", "javascript");
    design.addProperty("version", VERSION);
    design.addProperty("validate_doc_update", source(database + "-validate.js"));
    return design;
  }

  private static String source(String file) {
    try (InputStream in = DesignDocuments.class.getResourceAsStream("design/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Brings it into the database, in the place of an older one. One of a newer version stays.
   *
   * @return the revision that is there now
   */
  static Outcome<String> install(HubDatabase database, JsonObject design) {
    return switch (database.get(ID)) {
      case Outcome.Ok<JsonObject>(JsonObject found) -> {
        String rev = found.get("_rev").getAsString();
        found.remove("_rev");
        if (found.equals(design) || version(found) > VERSION) {
          yield new Outcome.Ok<>(rev);
        }
        JsonObject next = design.deepCopy();
        next.addProperty("_rev", rev);
        yield database.put(next);
      }
      case Outcome.Missing<JsonObject> missing -> database.put(design);
      case Outcome<JsonObject> other -> other.map(absent -> "");
    };
  }

  private static int version(JsonObject design) {
    return design.has("version") ? design.get("version").getAsInt() : 0;
  }
}
