package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Admission;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.KeyRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** {@code admission:<invitation>} documents of the enrolment; see docs/documents/admission.md. */
public final class AdmissionDocument implements DocumentType<Admission> {
  /** The one instance; it has no state. */
  public static final AdmissionDocument TYPE = new AdmissionDocument();

  private AdmissionDocument() {}

  @Override
  public String type() {
    return "admission";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Admission admission) {
    return Ids.admission(admission.invitation());
  }

  @Override
  public JsonObject write(Admission admission) {
    JsonObject json = Documents.envelope(id(admission), type(), schema());
    json.addProperty("state", admission.state().label());
    if (!admission.node().isEmpty()) {
      json.addProperty("node", admission.node());
    }
    TestDocument.addTexts(json, "tags", admission.tags());
    if (!admission.reason().isEmpty()) {
      json.addProperty("reason", admission.reason());
    }
    JsonArray keys = new JsonArray();
    admission.keys().forEach(key -> keys.add(write(key)));
    json.add("keys", keys);
    json.addProperty("at", admission.at().toEpochMilli());
    json.addProperty("by", admission.by());
    return json;
  }

  private static JsonObject write(TrustedKey key) {
    JsonObject json = new JsonObject();
    json.addProperty("id", key.id());
    json.addProperty("name", key.name());
    json.addProperty("key", key.key());
    return json;
  }

  @Override
  public Admission read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String invitation = Documents.open(fields, this, Ids.admission(""));
    List<TrustedKey> keys = new ArrayList<>();
    for (Fields one : fields.objects("keys")) {
      TrustedKey key =
          new TrustedKey(
              one.text("id"), one.text("name"), TrustedKey.Role.MANAGER, one.text("key"));
      problems.addAll(KeyRules.problems(key));
      keys.add(key);
    }
    if (!fields.has("state")) {
      fields.report("state", "is missing");
    }
    Admission admission =
        new Admission(
            invitation,
            fields.oneOf(
                "state", Admission.State.REFUSED, Admission.State.values(), Admission.State::label),
            fields.text("node", ""),
            new TreeSet<>(fields.texts("tags")),
            fields.text("reason", ""),
            keys,
            Instant.ofEpochMilli(fields.required("at")),
            fields.text("by"));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return admission;
  }
}
