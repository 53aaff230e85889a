package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.LogExcerpt;
import dev.jiggety.model.LogExcerpt.Level;
import dev.jiggety.model.LogExcerpt.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code log:<writer>} documents in the status database; see docs/documents/log.md. */
public final class LogDocument implements DocumentType<LogExcerpt> {
  /** The one instance; it has no state. */
  public static final LogDocument TYPE = new LogDocument();

  private LogDocument() {}

  @Override
  public String type() {
    return "log";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(LogExcerpt log) {
    return Ids.log(log.writer());
  }

  @Override
  public JsonObject write(LogExcerpt log) {
    JsonObject json = Documents.envelope(id(log), type(), schema());
    json.addProperty("startedAt", log.startedAt().toEpochMilli());
    json.addProperty("writtenAt", log.writtenAt().toEpochMilli());
    JsonArray lines = new JsonArray();
    for (Line line : log.lines()) {
      JsonObject entry = new JsonObject();
      entry.addProperty("at", line.at().toEpochMilli());
      entry.addProperty("level", label(line.level()));
      entry.addProperty("text", line.text());
      lines.add(entry);
    }
    json.add("lines", lines);
    return json;
  }

  @Override
  public LogExcerpt read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String writer = Documents.open(fields, this, Ids.log(""));
    List<Line> lines = new ArrayList<>();
    for (Fields line : fields.objects("lines")) {
      lines.add(
          new Line(
              Instant.ofEpochMilli(line.number("at", 0)),
              level(line.text("level", "")),
              line.text("text", "")));
    }
    LogExcerpt log =
        new LogExcerpt(
            writer,
            Instant.ofEpochMilli(fields.number("startedAt", 0)),
            Instant.ofEpochMilli(fields.number("writtenAt", 0)),
            lines);
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return log;
  }

  private static String label(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  /** One that a later version has is shown rather than lost. */
  private static Level level(String label) {
    for (Level level : Level.values()) {
      if (label(level).equals(label)) {
        return level;
      }
    }
    return Level.WARNING;
  }
}
