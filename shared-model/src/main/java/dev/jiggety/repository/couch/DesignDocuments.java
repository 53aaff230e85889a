package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
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

  /** The view of {@link #live}: what stays of each run, by test, hour, node and planned time. */
  static final String RUNS = "runs";

  /** The view of {@link #archive}: runs of hours, and whether days hold all of them. */
  static final String COUNTS = "counts";

  /** The view of {@link #archive}: verdicts and histograms of days. */
  static final String DAYS = "days";

  /** The view of {@link #archive}: histograms of phases of days. */
  static final String PHASES = "phases";

  /** The view of {@link #archive}: the shortest and the longest time of days. */
  static final String TIMES = "times";

  /** The view of {@link #incidents}: incidents that last, by id. */
  static final String OPEN_INCIDENTS = "open";

  /** The view of {@link #incidents}: when an incident ended → incident. */
  static final String ENDED = "ended";

  /** The view of {@link #incidents}: test or node, and when it began → incident. */
  static final String SUBJECT = "subject";

  /** Grows with every change, so that an older program does not undo a newer one's. */
  static final int VERSION = 7;

  private DesignDocuments() {}

  /** Of the configuration. */
  static JsonObject config() {
    return validated("config");
  }

  /** Of invitations, and who is a member. */
  static JsonObject enrolment() {
    return validated("enrolment");
  }

  /** Of releases of the agent. */
  static JsonObject bundles() {
    return validated("bundles");
  }

  /** Of what nodes, managers and the hub say of themselves. */
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
    JsonObject views = new JsonObject();
    views.add(VERDICTS, reduced("live-verdicts-map.js", "_sum"));
    views.add(RUNS, reduced("live-runs-map.js", "_count"));
    JsonObject design = validated("live");
    design.add("views", views);
    return design;
  }

  /** Of a month's packs. */
  static JsonObject archive() {
    JsonObject views = new JsonObject();
    views.add(COUNTS, reduced("archive-counts-map.js", "_sum"));
    views.add(DAYS, reduced("archive-days-map.js", "_sum"));
    views.add(PHASES, reduced("archive-phases-map.js", "_sum"));
    views.add(TIMES, reduced("archive-times-map.js", "_stats"));
    JsonObject design = validated("archive");
    design.add("views", views);
    return design;
  }

  private static JsonObject mapped(String file) {
    JsonObject view = new JsonObject();
    view.addProperty("map", source(file));
    return view;
  }

  private static JsonObject reduced(String file, String reduce) {
    JsonObject view = mapped(file);
    view.addProperty("reduce", reduce);
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

  /** Which version a design document is; 0 where it does not say. */
  static int version(JsonObject design) {
    return design.has("version") ? design.get("version").getAsInt() : 0;
  }
}
