package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Run;
import dev.jiggety.model.TrialAnswer;
import dev.jiggety.model.TrialRefusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code trial-answer:<request>} documents of the manager and {@code trial-answer:<request>:<node>}
 * documents of nodes in the status database; see docs/documents/trial-answer.md.
 */
public final class TrialAnswerDocument implements DocumentType<TrialAnswer> {
  /** The one instance; it has no state. */
  public static final TrialAnswerDocument TYPE = new TrialAnswerDocument();

  private TrialAnswerDocument() {}

  @Override
  public String type() {
    return "trial-answer";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(TrialAnswer answer) {
    return Ids.trialAnswer(answer.request(), answer.node());
  }

  @Override
  public JsonObject write(TrialAnswer answer) {
    JsonObject json = Documents.envelope(id(answer), type(), schema());
    json.addProperty("request", answer.request());
    if (!answer.node().isEmpty()) {
      json.addProperty("node", answer.node());
    }
    if (answer.refusal() != null) {
      json.addProperty("refusal", answer.refusal().label());
    }
    json.addProperty("text", answer.text());
    Run run = answer.run();
    if (run != null) {
      JsonArray runs = new JsonArray();
      runs.add(BatchDocument.write(run));
      json.add("runs", runs);
    }
    json.addProperty("at", answer.at().toEpochMilli());
    BatchPictures.detach(json);
    return json;
  }

  @Override
  public TrialAnswer read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(BatchPictures.attached(document), "", problems);
    Documents.open(fields, this, Ids.trialAnswers(""));
    String node = fields.text("node", "");
    TrialAnswer answer =
        new TrialAnswer(
            fields.text("request"),
            node,
            fields.has("refusal")
                ? fields.oneOf(
                    "refusal", TrialRefusal.MALFORMED, TrialRefusal.values(), TrialRefusal::label)
                : null,
            fields.text("text", ""),
            fields.objects("runs").stream()
                .findFirst()
                .map(run -> BatchDocument.run(run, node))
                .orElse(null),
            Instant.ofEpochMilli(fields.number("at", 0)));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return answer;
  }
}
