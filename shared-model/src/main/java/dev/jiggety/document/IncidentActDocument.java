package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.IncidentAct.Act;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code act:<incident>:<id>} documents; see docs/documents/act.md. */
public final class IncidentActDocument implements DocumentType<IncidentAct> {
  /** The one instance; it has no state. */
  public static final IncidentActDocument TYPE = new IncidentActDocument();

  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

  private IncidentActDocument() {}

  @Override
  public String type() {
    return "act";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(IncidentAct act) {
    return Ids.act(act.incident(), act.id());
  }

  @Override
  public JsonObject write(IncidentAct act) {
    JsonObject json = Documents.envelope(id(act), type(), schema());
    json.addProperty("act", act.act().label());
    json.addProperty("by", act.by());
    json.addProperty("text", act.text());
    json.addProperty("at", act.at().toEpochMilli());
    return json;
  }

  @Override
  public IncidentAct read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String about = Documents.open(fields, this, "act:");
    int colon = about.lastIndexOf(':');
    String id = about.substring(colon + 1);
    if (colon < 1 || !ID.matcher(id).matches()) {
      fields.report(
          "_id", "must be act:, the incident, a colon, and lower-case letters, digits or hyphens");
    }
    if (!fields.has("act")) {
      fields.report("act", "is missing");
    }
    IncidentAct act =
        new IncidentAct(
            id,
            about.substring(0, Math.max(0, colon)),
            fields.oneOf("act", Act.COMMENT, Act.values(), Act::label),
            fields.text("by"),
            fields.text("text", ""),
            Instant.ofEpochMilli(fields.required("at")));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return act;
  }
}
