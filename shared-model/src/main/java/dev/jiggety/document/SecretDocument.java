package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.SealedSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** {@code secret:<name>} documents beside the configuration; see docs/documents/secret.md. */
public final class SecretDocument implements DocumentType<SealedSecret> {
  /** The one instance; it has no state. */
  public static final SecretDocument TYPE = new SecretDocument();

  private SecretDocument() {}

  @Override
  public String type() {
    return "secret";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(SealedSecret secret) {
    return Ids.secret(secret.name());
  }

  @Override
  public JsonObject write(SealedSecret secret) {
    JsonObject json = Documents.envelope(id(secret), type(), schema());
    json.addProperty("version", secret.version());
    json.addProperty("content", secret.content());
    json.addProperty("since", secret.since().toEpochMilli());
    json.addProperty("by", secret.by());
    json.addProperty("order", secret.order());
    json.addProperty("ordered", secret.ordered().toEpochMilli());
    EnvelopeFields.write(json, secret.sealed());
    TestDocument.addTexts(json, "knew", secret.knew());
    return json;
  }

  @Override
  public SealedSecret read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    SealedSecret secret =
        new SealedSecret(
            Documents.open(fields, this, Ids.secret("")),
            fields.required("version"),
            fields.required("content"),
            Instant.ofEpochMilli(fields.required("since")),
            fields.text("by"),
            fields.text("order"),
            Instant.ofEpochMilli(fields.required("ordered")),
            EnvelopeFields.read(fields),
            new TreeSet<>(fields.texts("knew")));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return secret;
  }
}
