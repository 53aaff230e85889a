package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The one {@code line} document in the database of patches; see docs/documents/line.md. */
public final class LineDocument implements DocumentType<Line> {
  /** The one instance; it has no state. */
  public static final LineDocument TYPE = new LineDocument();

  private static final Pattern PLACE = Pattern.compile("[1-9][0-9]{0,17}");

  private LineDocument() {}

  @Override
  public String type() {
    return "line";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Line line) {
    return Ids.line();
  }

  @Override
  public JsonObject write(Line line) {
    JsonObject json = Documents.envelope(id(line), type(), schema());
    json.addProperty("last", line.last());
    JsonObject given = new JsonObject();
    line.given().forEach((place, patch) -> given.addProperty(Long.toString(place), patch));
    json.add("given", given);
    return json;
  }

  @Override
  public Line read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    Documents.open(fields, this, Ids.line());
    if (!fields.has("last")) {
      fields.report("last", "is missing"); // places would be given out twice
    }
    SortedMap<Long, String> given = new TreeMap<>();
    Fields places = fields.object("given");
    for (String place : places.names()) {
      if (PLACE.matcher(place).matches()) {
        given.put(Long.parseLong(place), places.text(place));
      } else {
        places.report(place, "is no place in the line; they are numbers from 1");
      }
    }
    Line line = new Line(fields.number("last", 0), given);
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return line;
  }
}
