package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import dev.jiggety.agent.store.Revision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a changes feed.
 *
 * @param rows in the order of the feed; empty when there is nothing new
 * @param lastSeq where to go on; may have moved though no row came, where a filter passed none
 * @param pending changes after these, as the peer counts them; -1 if it does not tell
 */
public record ChangesPage(List<Row> rows, JsonElement lastSeq, long pending) {

  public ChangesPage {
    rows = List.copyOf(rows);
  }

  /**
   * One changed document.
   *
   * @param seq its sequence; null where the peer leaves it out
   * @param leaves all its leaves
   */
  public record Row(@Nullable JsonElement seq, String id, List<Revision> leaves) {
    public Row {
      leaves = List.copyOf(leaves);
    }
  }
}
