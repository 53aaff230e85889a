package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Invitation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** {@code invitation:<id>} documents of the enrolment; see docs/documents/invitation.md. */
public final class InvitationDocument implements DocumentType<Invitation> {
  /** The one instance; it has no state. */
  public static final InvitationDocument TYPE = new InvitationDocument();

  private InvitationDocument() {}

  @Override
  public String type() {
    return "invitation";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Invitation invitation) {
    return Ids.invitation(invitation.id());
  }

  @Override
  public JsonObject write(Invitation invitation) {
    JsonObject json = Documents.envelope(id(invitation), type(), schema());
    TestDocument.addTexts(json, "tags", invitation.tags());
    if (!invitation.name().isEmpty()) {
      json.addProperty("name", invitation.name());
    }
    json.add("account", AccountFields.write(invitation.account()));
    json.addProperty("created", invitation.created().toEpochMilli());
    json.addProperty("expires", invitation.expires().toEpochMilli());
    json.addProperty("by", invitation.by());
    return json;
  }

  @Override
  public Invitation read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String id = Documents.open(fields, this, Ids.invitation(""));
    Invitation invitation =
        new Invitation(
            id,
            new TreeSet<>(fields.texts("tags")),
            fields.text("name", ""),
            AccountFields.read(fields.object("account")),
            Instant.ofEpochMilli(fields.required("created")),
            Instant.ofEpochMilli(fields.required("expires")),
            fields.text("by"));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return invitation;
  }
}
