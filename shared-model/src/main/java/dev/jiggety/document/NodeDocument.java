package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.NodeStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** {@code node:<name>} documents in the status database; see docs/documents/node.md. */
public final class NodeDocument implements DocumentType<NodeStatus> {
  /** The one instance; it has no state. */
  public static final NodeDocument TYPE = new NodeDocument();

  private NodeDocument() {}

  @Override
  public String type() {
    return "node";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(NodeStatus node) {
    return Ids.node(node.name());
  }

  @Override
  public JsonObject write(NodeStatus node) {
    JsonObject json = Documents.envelope(id(node), type(), schema());
    TestDocument.addTexts(json, "tags", node.tags());
    json.addProperty("version", node.version());
    json.addProperty("startedAt", node.startedAt().toEpochMilli());
    json.addProperty("heartbeatAt", node.heartbeatAt().toEpochMilli());
    json.addProperty("tests", node.tests());
    json.addProperty("backlog", node.backlog());
    json.addProperty("quarantined", node.quarantined());
    SlotFields.millis(json, "latenessMs", node.lateness());
    SlotFields.millis(json, "clockOffsetMs", node.clockOffset());
    if (node.configAt() != null) {
      json.addProperty("configAt", node.configAt().toEpochMilli());
    }
    if (node.slots() != null) {
      json.add("slots", SlotFields.write(node.slots()));
    }
    if (node.oldestUnsent() != null) {
      json.addProperty("oldestUnsentAt", node.oldestUnsent().toEpochMilli());
    }
    if (node.lost() != 0) {
      json.addProperty("lost", node.lost());
    }
    if (node.vitals() != null) {
      json.add("vitals", VitalsFields.write(node.vitals()));
    }
    if (!node.instance().isEmpty()) {
      json.addProperty("instance", node.instance());
    }
    return json;
  }

  @Override
  public NodeStatus read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String name = Documents.open(fields, this, "node:");
    NodeStatus node =
        new NodeStatus(
            name,
            new TreeSet<>(fields.texts("tags")),
            fields.text("version", ""),
            Instant.ofEpochMilli(fields.number("startedAt", 0)),
            Instant.ofEpochMilli(fields.number("heartbeatAt", 0)),
            fields.smallNumber("tests", 0),
            fields.number("backlog", 0),
            fields.number("quarantined", 0),
            SlotFields.millis(fields, "latenessMs"),
            SlotFields.millis(fields, "clockOffsetMs"),
            fields.has("configAt") ? Instant.ofEpochMilli(fields.number("configAt", 0)) : null,
            fields.has("slots") ? SlotFields.read(fields.object("slots"), name) : null,
            fields.has("oldestUnsentAt")
                ? Instant.ofEpochMilli(fields.number("oldestUnsentAt", 0))
                : null,
            fields.number("lost", 0),
            fields.has("vitals") ? VitalsFields.read(fields.object("vitals")) : null,
            fields.text("instance", ""));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return node;
  }
}
