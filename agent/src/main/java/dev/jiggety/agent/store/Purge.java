package dev.jiggety.agent.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Removes revisions without a trace. */
final class Purge {

  private Purge() {}

  static Map<String, List<Revision>> purge(
      WriteTransaction transaction, Map<String, List<Revision>> revisions) throws SQLException {
    var purged = new LinkedHashMap<String, List<Revision>>();
    for (var entry : revisions.entrySet()) {
      var row = transaction.find(entry.getKey()).orElse(null);
      if (row == null) {
        continue;
      }
      var tree = row.tree().get();
      var leaves = new ArrayList<>(entry.getValue());
      leaves.removeIf(rev -> !tree.isLeaf(rev));
      if (leaves.isEmpty()) {
        continue;
      }
      var rest = tree.without(leaves);
      transaction.dropBodies(tree, rest);
      if (rest.isEmpty()) {
        transaction.remove(row);
      } else {
        transaction.save(row.id(), row, rest);
      }
      purged.put(row.id(), leaves);
    }
    if (!purged.isEmpty()) {
      transaction.countPurge();
    }
    return purged;
  }
}
