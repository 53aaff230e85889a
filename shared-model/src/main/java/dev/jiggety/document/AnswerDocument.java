package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.CommandAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code answer:<command>} documents in the database of patches; see docs/documents/answer.md. */
public final class AnswerDocument implements DocumentType<CommandAnswer> {
  /** The one instance; it has no state. */
  public static final AnswerDocument TYPE = new AnswerDocument();

  private AnswerDocument() {}

  @Override
  public String type() {
    return "answer";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(CommandAnswer answer) {
    return Ids.answer(answer.command());
  }

  @Override
  public JsonObject write(CommandAnswer answer) {
    JsonObject json = Documents.envelope(id(answer), type(), schema());
    json.addProperty("done", answer.done());
    json.addProperty("text", answer.text());
    json.addProperty("at", answer.at().toEpochMilli());
    return json;
  }

  @Override
  public CommandAnswer read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String command = Documents.open(fields, this, "answer:");
    CommandAnswer answer =
        new CommandAnswer(
            command,
            fields.flag("done", false),
            fields.text("text", ""),
            Instant.ofEpochMilli(fields.number("at", 0)));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return answer;
  }
}
