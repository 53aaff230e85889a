package dev.jiggety.agent.store;

import dev.jiggety.agent.store.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads documents by id. Callers see to it that what belongs together is one transaction. */
final class DocumentReader {

  /** So many documents are read with one query: each has a price beside that of its rows. */
  static final int AT_ONCE = 64;

  /** Fewer are read one by one. */
  static final int WORTH_IT = 8;

  private static final String OF_THESE = " WHERE d.id IN (" + "?, ".repeat(AT_ONCE - 1) + "?)";
  private static final String HEADS = "SELECT " + DocRow.COLUMNS + " FROM docs d" + OF_THESE;
  private static final String WINNERS =
      "SELECT "
          + DocRow.COLUMNS
          + ", b.attachments, b.json FROM docs d CROSS JOIN bodies b ON b.body = d.body"
          + OF_THESE;

  private DocumentReader() {}

  static Optional<DocRow> find(Sql sql, String id) throws SQLException {
    return Optional.ofNullable(
        sql.first("SELECT " + DocRow.COLUMNS + " FROM docs d WHERE d.id = ?", DocRow::read, id));
  }

  /** The heads of those that are here, by id. */
  static Map<String, DocRow> heads(Sql sql, List<String> ids) throws SQLException {
    var heads = HashMap.<String, DocRow>newHashMap(ids.size());
    for (var from = 0; from < ids.size(); from += AT_ONCE) {
      var some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      if (some.size() < WORTH_IT) {
        for (var id : some) {
          find(sql, id).ifPresent(row -> heads.put(id, row));
        }
        continue;
      }
      try (var rows = sql.rows(HEADS, padded(some))) {
        while (rows.next()) {
          var row = DocRow.read(rows);
          heads.put(row.id(), row);
        }
      }
    }
    return heads;
  }

  /**
   * The winners of these documents by id, also deleted ones.
   *
   * @param ids {@link #AT_ONCE} at most
   * @param characters with so much of bodies it stops, and leaves out the others
   */
  static Map<String, StoredDocument> winners(Sql sql, List<String> ids, long characters)
      throws SQLException {
    var winners = HashMap.<String, StoredDocument>newHashMap(ids.size());
    try (var rows = sql.rows(WINNERS, padded(ids))) {
      for (var read = 0L; read < characters && rows.next(); ) {
        var winner = DocRow.readWinner(rows);
        winners.put(winner.id(), winner);
        read += winner.bodyText().length();
      }
    }
    return winners;
  }

  /** The arguments of a query for {@link #AT_ONCE} ids; NULL is no document's. */
  private static @Nullable Object[] padded(List<String> ids) {
    return Arrays.copyOf(ids.toArray(), AT_ONCE);
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
    var heads = heads(sql, List.copyOf(revisions.keySet()));
    for (var entry : revisions.entrySet()) {
      var head = heads.get(entry.getKey());
      if (head == null && !entry.getValue().isEmpty()) {
        answer.put(entry.getKey(), new MissingRevisions(entry.getValue(), List.of()));
        continue;
      }
      var tree = head == null ? RevisionTree.EMPTY : head.tree().get();
      var missing = tree.missing(entry.getValue());
      if (!missing.isEmpty()) {
        answer.put(entry.getKey(), new MissingRevisions(missing, tree.possibleAncestors(missing)));
      }
    }
    return answer;
  }
}
