package dev.jiggety.agent.store;

import java.sql.SQLException;

/** Gives back what is not needed any more, in steps between which other writers have their turn. */
final class Compaction {

  private static final int DOCUMENTS_PER_STEP = 200;
  private static final int PAGES_PER_STEP = 500;

  private Compaction() {}

  /** Drops the bodies of some revisions that are no leaves; false when there are no more. */
  static boolean dropBodies(WriteTransaction transaction) throws SQLException {
    var stale =
        transaction
            .sql()
            .list(
                "SELECT " + DocRow.COLUMNS + " FROM docs d WHERE d.stale > 0 LIMIT ?",
                DocRow::read,
                DOCUMENTS_PER_STEP);
    for (var row : stale) {
      var tree = row.tree().get();
      var bare = tree.withoutInnerBodies();
      transaction.dropBodies(tree, bare);
      transaction.saveQuietly(row, bare);
    }
    return !stale.isEmpty();
  }

  /** Gives some free pages back to the disk; false when there are no more. */
  static boolean shrink(WriteTransaction transaction) throws SQLException {
    var sql = transaction.sql();
    if (sql.number("PRAGMA freelist_count") == 0) {
      return false;
    }
    sql.run("PRAGMA incremental_vacuum(" + PAGES_PER_STEP + ")");
    return true;
  }
}
