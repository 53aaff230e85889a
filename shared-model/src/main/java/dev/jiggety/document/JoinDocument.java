package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Join;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code join:<invitation>} documents of the enrolment; see docs/documents/join.md. */
public final class JoinDocument implements DocumentType<Join> {
  /** The one instance; it has no state. */
  public static final JoinDocument TYPE = new JoinDocument();

  private JoinDocument() {}

  @Override
  public String type() {
    return "join";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Join join) {
    return Ids.join(join.invitation());
  }

  @Override
  public JsonObject write(Join join) {
    JsonObject json = Documents.envelope(id(join), type(), schema());
    json.addProperty("name", join.name());
    json.addProperty("sealing", join.sealing());
    json.add("account", AccountFields.write(join.account()));
    json.addProperty("created", join.created().toEpochMilli());
    return json;
  }

  @Override
  public Join read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String invitation = Documents.open(fields, this, Ids.join(""));
    Join join =
        new Join(
            invitation,
            fields.text("name"),
            fields.text("sealing"),
            AccountFields.read(fields.object("account")),
            Instant.ofEpochMilli(fields.number("created", 0)));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return join;
  }
}
