package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.AgentChoice;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one document {@code agent} of the configuration; see docs/documents/agent.md. */
public final class AgentDocument implements DocumentType<AgentChoice> {
  /** The one instance; it has no state. */
  public static final AgentDocument TYPE = new AgentDocument();

  private AgentDocument() {}

  @Override
  public String type() {
    return "agent";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(AgentChoice choice) {
    return Ids.agent();
  }

  /** What a configuration says of it; empty where it says nothing. */
  public static Optional<AgentChoice> in(Configuration configuration) {
    Content content = configuration.documents().get(Ids.agent());
    return Optional.ofNullable(content).map(it -> TYPE.read(Contents.document(it)));
  }

  @Override
  public JsonObject write(AgentChoice choice) {
    JsonObject json = Documents.envelope(id(choice), type(), schema());
    json.addProperty("version", choice.version());
    json.addProperty("digest", choice.digest());
    return json;
  }

  @Override
  public AgentChoice read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    Documents.open(fields, this, Ids.agent());
    AgentChoice choice = new AgentChoice(fields.text("version"), fields.text("digest"));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return choice;
  }
}
