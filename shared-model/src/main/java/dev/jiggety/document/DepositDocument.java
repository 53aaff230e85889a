package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Deposit;
import dev.jiggety.model.Envelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code deposit:<id>} documents in the database of patches; see docs/documents/deposit.md. */
public final class DepositDocument implements DocumentType<Deposit> {
  /** The one instance; it has no state. */
  public static final DepositDocument TYPE = new DepositDocument();

  private DepositDocument() {}

  @Override
  public String type() {
    return "deposit";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Deposit deposit) {
    return Ids.deposit(deposit.id());
  }

  @Override
  public JsonObject write(Deposit deposit) {
    JsonObject json = Documents.envelope(id(deposit), type(), schema());
    json.addProperty("secret", deposit.secret());
    json.addProperty("act", deposit.act().label());
    json.addProperty("by", deposit.by());
    json.addProperty("created", deposit.created().toEpochMilli());
    Envelope sealed = deposit.sealed();
    if (sealed != null) {
      EnvelopeFields.write(json, sealed);
    }
    return json;
  }

  @Override
  public Deposit read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String id = Documents.open(fields, this, Ids.deposit(""));
    String secret = fields.text("secret");
    if (!fields.has("act")) {
      fields.report("act", "is missing"); // one that is missing must not become one
    }
    Deposit.Act act =
        fields.oneOf("act", Deposit.Act.RENEW, Deposit.Act.values(), Deposit.Act::label);
    boolean isSealed = EnvelopeFields.isIn(fields);
    if (isSealed != (act == Deposit.Act.SET)) {
      fields.report("sealed", "belongs to the act set, and to no other");
    }
    Deposit deposit =
        new Deposit(
            id,
            secret,
            act,
            fields.text("by"),
            Instant.ofEpochMilli(fields.required("created")),
            isSealed ? EnvelopeFields.read(fields) : null);
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return deposit;
  }
}
