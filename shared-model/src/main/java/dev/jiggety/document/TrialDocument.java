package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.TrialRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** {@code trial:<id>} documents in the database of patches; see docs/documents/trial.md. */
public final class TrialDocument implements DocumentType<TrialRequest> {
  /** The one instance; it has no state. */
  public static final TrialDocument TYPE = new TrialDocument();

  private TrialDocument() {}

  @Override
  public String type() {
    return "trial";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(TrialRequest request) {
    return Ids.trial(request.id());
  }

  @Override
  public JsonObject write(TrialRequest request) {
    JsonObject json = Documents.envelope(id(request), type(), schema());
    json.addProperty("by", request.by());
    json.addProperty("created", request.created().toEpochMilli());
    json.addProperty("expires", request.expires().toEpochMilli());
    if (!request.nodes().isEmpty()) {
      JsonArray nodes = new JsonArray();
      request.nodes().forEach(nodes::add);
      json.add("nodes", nodes);
    }
    json.add("test", TestDocument.TYPE.write(request.test()));
    return json;
  }

  @Override
  public TrialRequest read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String id = Documents.open(fields, this, Ids.trial(""));
    TrialRequest request =
        new TrialRequest(
            id,
            fields.text("by"),
            Instant.ofEpochMilli(fields.required("created")),
            Instant.ofEpochMilli(fields.required("expires")),
            new TreeSet<>(fields.texts("nodes")),
            TestDocument.TYPE.read(fields.object("test").raw()));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return request;
  }
}
