package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Cause;
import dev.jiggety.model.OperatorCommand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code command:<id>} documents in the database of patches; see docs/documents/command.md. */
public final class CommandDocument implements DocumentType<OperatorCommand> {
  /** The one instance; it has no state. */
  public static final CommandDocument TYPE = new CommandDocument();

  private CommandDocument() {}

  @Override
  public String type() {
    return "command";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(OperatorCommand command) {
    return Ids.command(command.id());
  }

  @Override
  public JsonObject write(OperatorCommand command) {
    JsonObject json = Documents.envelope(id(command), type(), schema());
    json.addProperty("rollout", command.rollout());
    json.addProperty("act", command.act().label());
    json.addProperty("by", command.by());
    json.addProperty("reason", command.reason());
    json.addProperty("created", command.created().toEpochMilli());
    return json;
  }

  @Override
  public OperatorCommand read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String id = Documents.open(fields, this, "command:");
    String rollout = fields.text("rollout");
    if (!fields.has("act")) {
      fields.report("act", "is missing");
    }
    OperatorCommand command =
        new OperatorCommand(
            id,
            rollout,
            fields.oneOf("act", Cause.Act.PAUSE, Cause.Act.values(), Cause.Act::label),
            fields.text("by"),
            fields.text("reason", ""),
            Instant.ofEpochMilli(fields.number("created", 0)));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return command;
  }
}
