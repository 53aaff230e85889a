package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Dismissal;
import dev.jiggety.model.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code dismissal:<id>} documents of the enrolment; see docs/documents/dismissal.md. */
public final class DismissalDocument implements DocumentType<Dismissal> {
  /** The one instance; it has no state. */
  public static final DismissalDocument TYPE = new DismissalDocument();

  private DismissalDocument() {}

  @Override
  public String type() {
    return "dismissal";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Dismissal dismissal) {
    return Ids.dismissal(dismissal.id());
  }

  @Override
  public JsonObject write(Dismissal dismissal) {
    JsonObject json = Documents.envelope(id(dismissal), type(), schema());
    json.addProperty("node", dismissal.node());
    json.addProperty("standing", dismissal.standing().label());
    json.addProperty("since", dismissal.since().toEpochMilli());
    json.addProperty("reason", dismissal.reason());
    json.addProperty("created", dismissal.created().toEpochMilli());
    json.addProperty("by", dismissal.by());
    return json;
  }

  @Override
  public Dismissal read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String id = Documents.open(fields, this, Ids.dismissal(""));
    String node = fields.text("node");
    if (!fields.has("standing")) {
      fields.report("standing", "is missing");
    }
    Dismissal dismissal =
        new Dismissal(
            id,
            node,
            fields.oneOf(
                "standing",
                Member.Standing.ACTIVE,
                Member.Standing.values(),
                Member.Standing::label),
            Instant.ofEpochMilli(fields.required("since")),
            fields.text("reason", ""),
            Instant.ofEpochMilli(fields.number("created", 0)),
            fields.text("by"));
    if (dismissal.standing() == Member.Standing.ACTIVE) {
      fields.report("standing", "must be retired or revoked");
    }
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return dismissal;
  }
}
