package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import java.util.ArrayList;
import java.util.List;

/** The one {@code candidate} document of the configuration; see docs/documents/candidate.md. */
public final class CandidateDocument implements DocumentType<Candidate> {
  /** The one instance; it has no state. */
  public static final CandidateDocument TYPE = new CandidateDocument();

  private CandidateDocument() {}

  @Override
  public String type() {
    return "candidate";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Candidate candidate) {
    return Ids.candidate();
  }

  @Override
  public JsonObject write(Candidate candidate) {
    JsonObject json = Documents.envelope(id(candidate), type(), schema());
    json.addProperty("ride", candidate.ride());
    JsonArray patches = new JsonArray();
    candidate.patches().forEach(patches::add);
    json.add("patches", patches);
    return json;
  }

  @Override
  public Candidate read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    Documents.open(fields, this, Ids.candidate());
    Candidate candidate =
        new Candidate(
            fields.text("ride"), fields.objects("patches").stream().map(Fields::raw).toList());
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return candidate;
  }
}
