package dev.jiggety.agent.store;

import dev.jiggety.agent.store.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads documents by id. Callers see to it that what belongs together is one transaction. */
final class DocumentReader {

  private DocumentReader() {}

  static Optional<DocRow> find(Sql sql, String id) throws SQLException {
    return Optional.ofNullable(
        sql.first("SELECT " + DocRow.COLUMNS + " FROM docs d WHERE d.id = ?", DocRow::read, id));
  }

  static Optional<StoredDocument> winner(Sql sql, String id) throws SQLException {
    return Optional.ofNullable(
        sql.first(
            "SELECT "
                + DocRow.COLUMNS
                + ", b.attachments, b.json FROM docs d JOIN bodies b ON b.body = d.body"
                + " WHERE d.id = ?",
            DocRow::readWinner,
            id));
  }

  /** A version with its body; empty where the body is not here (any more). */
  static Optional<StoredDocument> document(Sql sql, DocRow row, RevisionTree.Node node)
      throws SQLException {
    if (node.body() == 0) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        sql.first(
            "SELECT attachments, json FROM bodies WHERE body = ?",
            body -> row.document(node, body.getString(2), body.getString(1)),
            node.body()));
  }

  static List<StoredDocument> documents(Sql sql, DocRow row, Collection<RevisionTree.Node> nodes)
      throws SQLException {
    var documents = new ArrayList<StoredDocument>(nodes.size());
    for (var node : nodes) {
      document(sql, row, node).ifPresent(documents::add);
    }
    return documents;
  }

  static Map<String, MissingRevisions> revsDiff(Sql sql, Map<String, List<Revision>> revisions)
      throws SQLException {
    var answer = new LinkedHashMap<String, MissingRevisions>();
    for (var entry : revisions.entrySet()) {
      var row = find(sql, entry.getKey());
      var tree = row.isPresent() ? row.get().tree().get() : RevisionTree.EMPTY;
      var missing = tree.missing(entry.getValue());
      if (!missing.isEmpty()) {
        answer.put(entry.getKey(), new MissingRevisions(missing, tree.possibleAncestors(missing)));
      }
    }
    return answer;
  }
}
