package dev.jiggety.agent.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A row of {@code docs}: the head of one document. */
record DocRow(String id, long seq, RevisionTree.Node winner, StoredDocument.TreeSource tree) {

  /** The columns that {@link #read} expects first, of {@code docs AS d}. */
  static final String COLUMNS = "d.id, d.seq, d.winner, d.deleted, d.body, d.tree";

  static DocRow read(ResultSet row) throws SQLException {
    var winner =
        new RevisionTree.Node(
            Revision.parse(row.getString(3)),
            java.util.List.of(),
            row.getInt(4) != 0,
            row.getLong(5));
    @Nullable String text = row.getString(6);
    return new DocRow(
        row.getString(1), row.getLong(2), winner, new StoredDocument.TreeSource(winner, text));
  }

  /** The winner, whose body's columns come after ours: attachments, json. */
  static StoredDocument readWinner(ResultSet row) throws SQLException {
    var head = read(row);
    return head.document(head.winner, row.getString(8), row.getString(7));
  }

  StoredDocument document(RevisionTree.Node node, String json, @Nullable String attachments) {
    return new StoredDocument(id, seq, node, tree, json, attachments);
  }
}
