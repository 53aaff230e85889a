package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.rules.AuditChain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code audit:<number>} documents in the database of patches; see docs/documents/audit.md. */
public final class AuditDocument implements DocumentType<AuditEntry> {
  /** The one instance; it has no state. */
  public static final AuditDocument TYPE = new AuditDocument();

  private static final Pattern NUMBER = Pattern.compile("[0-9]{12,18}");

  private AuditDocument() {}

  @Override
  public String type() {
    return "audit";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(AuditEntry entry) {
    return Ids.audit(entry.number());
  }

  @Override
  public JsonObject write(AuditEntry entry) {
    JsonObject json = Documents.envelope(id(entry), type(), schema());
    json.addProperty("at", entry.at().toEpochMilli());
    json.addProperty("by", entry.by());
    json.addProperty("about", entry.about());
    json.addProperty("event", entry.event());
    json.addProperty("text", entry.text());
    json.addProperty("evidence", entry.evidence());
    json.addProperty("previous", entry.previous());
    return json;
  }

  @Override
  public AuditEntry read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String number = Documents.open(fields, this, "audit:");
    long place = NUMBER.matcher(number).matches() ? Long.parseLong(number) : 0;
    if (place < 1 || !Ids.audit(place).equals("audit:" + number)) {
      fields.report("_id", "must end with a number from 1, of 12 digits");
    }
    AuditEntry entry =
        new AuditEntry(
            place,
            Instant.ofEpochMilli(fields.number("at", 0)),
            fields.text("by"),
            fields.text("about"),
            fields.text("event"),
            fields.text("text", ""),
            fields.text("evidence", ""),
            fields.text("previous"));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return entry;
  }

  /** An entry with its digest, to be checked, or to be followed by the next one. */
  public AuditChain.Link link(AuditEntry entry) {
    return AuditChain.link(entry, CanonicalJson.write(write(entry)));
  }
}
