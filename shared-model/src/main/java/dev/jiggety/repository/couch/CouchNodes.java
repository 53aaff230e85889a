package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.NodeDocument;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.repository.NodeRepository;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The documents of nodes in the status database. */
final class CouchNodes implements NodeRepository {
  private static final int ATTEMPTS = 5;
  private static final Logger LOG = System.getLogger(CouchNodes.class.getName());

  private final HubDatabase status;

  /** What each node wrote last, with its revision: saves reading it before each heartbeat. */
  private final ConcurrentMap<String, JsonObject> written = new ConcurrentHashMap<>();

  CouchNodes(HubDatabase status) {
    this.status = status;
  }

  @Override
  public List<NodeStatus> all() {
    List<NodeStatus> nodes = new ArrayList<>();
    List<DocumentRow> rows =
        Answers.value(status.allDocs(IdRange.startingWith(Ids.node(""))), status, "read the nodes");
    for (DocumentRow row : rows) {
      JsonObject document = row.document();
      try {
        if (document != null) {
          nodes.add(NodeDocument.TYPE.read(document));
        }
      } catch (DocumentException e) {
        LOG.log(Level.WARNING, "left out a node that cannot be read: {0}", e.getMessage());
      }
    }
    return nodes;
  }

  @Override
  public void report(NodeStatus node) {
    String id = Ids.node(node.name());
    JsonObject before = written.get(id);
    Outcome<String> put = put(node, before);
    for (int i = 1; i < ATTEMPTS && put instanceof Outcome.Conflict<String>; i++) {
      Outcome<JsonObject> found = status.get(id);
      before =
          found instanceof Outcome.Missing<JsonObject>
              ? null
              : Answers.value(found, status, "read the node " + node.name());
      put = put(node, before);
    }
    if (!put.isOk()) {
      written.remove(id);
      throw Answers.failure(put, status, "report the node " + node.name());
    }
  }

  private Outcome<String> put(NodeStatus node, @Nullable JsonObject before) {
    JsonObject document = NodeDocument.TYPE.write(node);
    if (before != null) {
      document = keepingUnknown(node, before, document);
      document.add("_rev", before.get("_rev"));
    }
    Outcome<String> put = status.put(document);
    if (put instanceof Outcome.Ok<String>(String rev)) {
      document.addProperty("_rev", rev);
      written.put(document.get("_id").getAsString(), document);
    }
    return put;
  }

  private static JsonObject keepingUnknown(
      NodeStatus node, JsonObject before, JsonObject otherwise) {
    try {
      return NodeDocument.TYPE.write(node, before);
    } catch (DocumentException e) {
      return otherwise; // it is this node's own document: what it says now counts
    }
  }
}
