package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Durations;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.Window;
import dev.jiggety.model.rules.WindowRules;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * {@code window:<id>} documents: maintenance windows, and the same fields as people write them in
 * files. Fields at their default are not written; see docs/documents/window.md.
 */
public final class WindowDocument implements PlainDocument<Window> {
  /** The one instance; it has no state. */
  public static final WindowDocument TYPE = new WindowDocument();

  private WindowDocument() {}

  @Override
  public String type() {
    return "window";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Window window) {
    return Ids.window(window.id());
  }

  @Override
  public List<Problem> problems(Window window) {
    return WindowRules.problems(window);
  }

  @Override
  public Window read(JsonObject document) {
    return read(document, false);
  }

  /**
   * Reads what a person wrote: {@code id} instead of {@code _id}, and every field that is not known
   * is an error.
   *
   * @throws DocumentException with all problems and their places
   */
  @Override
  public Window readStrictly(JsonObject written) {
    return read(written, true);
  }

  @Override
  public JsonObject write(Window window) {
    JsonObject json = Documents.envelope(id(window), type(), schema());
    writeFields(json, window);
    return json;
  }

  /** The fields as a person would write them: with {@code id}, without what only documents have. */
  @Override
  public JsonObject writePlain(Window window) {
    JsonObject json = new JsonObject();
    json.addProperty("id", window.id());
    writeFields(json, window);
    return json;
  }

  private Window read(JsonObject json, boolean strictly) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(json, "", problems);
    String id = strictly ? fields.text("id") : Documents.open(fields, this, "window:");
    Window window =
        new Window(
            id,
            fields.text("name", id),
            fields.flag("active", true),
            times(fields, strictly),
            new TreeSet<>(fields.texts("tags")),
            new TreeSet<>(fields.texts("tests")));
    if (strictly) {
      fields.refuseUnknown();
    }
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return window;
  }

  private static Window.Times times(Fields fields, boolean strictly) {
    if (fields.has("once") == fields.has("again")) {
      fields.report("once", "is needed (from, to), or else \"again\" (cron, zone, length)");
    }
    if (fields.has("again")) {
      Fields again = fields.object("again");
      Window.Times.Again read =
          new Window.Times.Again(
              new Schedule.Cron(
                  again.text("cron"),
                  Objects.requireNonNull(
                      again.parsed("zone", ZoneId.of("UTC"), TestDocument::zone))),
              Objects.requireNonNull(again.duration("length", Duration.ofHours(1))));
      if (strictly) {
        again.refuseUnknown();
      }
      return read;
    }
    Fields once = fields.object("once");
    Window.Times.Once read =
        new Window.Times.Once(
            Objects.requireNonNull(once.parsed("from", Instant.EPOCH, WindowDocument::time)),
            Objects.requireNonNull(once.parsed("to", Instant.EPOCH, WindowDocument::time)));
    if (strictly) {
      once.refuseUnknown();
    }
    return read;
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no time; write it like 2026-03-01T22:00:00Z", e);
    }
  }

  private static void writeFields(JsonObject json, Window window) {
    json.addProperty("name", window.name());
    if (!window.active()) {
      json.addProperty("active", false);
    }
    JsonObject times = new JsonObject();
    switch (window.times()) {
      case Window.Times.Once once -> {
        times.addProperty("from", once.from().toString());
        times.addProperty("to", once.to().toString());
        json.add("once", times);
      }
      case Window.Times.Again again -> {
        times.addProperty("cron", again.begins().expression());
        if (!again.begins().zone().equals(ZoneId.of("UTC"))) {
          times.addProperty("zone", again.begins().zone().getId());
        }
        times.addProperty("length", Durations.format(again.length()));
        json.add("again", times);
      }
    }
    TestDocument.addTexts(json, "tags", window.tags());
    TestDocument.addTexts(json, "tests", window.tests());
  }
}
