package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.DocumentStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Rows of a changes feed, encoded once for all the listeners that want the same.
 *
 * @param text in the feed's dress; for a long poll the whole rest of the answer
 * @param lastSeq where to go on
 * @param more whether there may be more rows right now
 */
record FeedBatch(ByteBuffer text, int rows, long lastSeq, boolean more) {
  /** Most rows at once. */
  static final long PAGE = 500;

  private static final int MOST_CHARACTERS = 1_000_000;

  /** What batches are told apart by. */
  record Key(ChangesShape shape, FeedDress dress, long since, long most) {}

  /** Reads the rows after a sequence. */
  static FeedBatch read(DocumentStore store, Key key) {
    var text = new StringBuilder();
    var count = 0;
    try (var rows = store.changes(key.shape.query(key.since, key.most, false))) {
      while (text.length() < MOST_CHARACTERS && rows.hasNext()) {
        var row = rows.next();
        key.dress.before(text, count == 0);
        key.shape.append(text, store, row);
        key.dress.after(text, Sequences.write(store, row.seq()));
        count++;
      }
      if (!key.dress.goesOn()) {
        text.append("\n],\n\"last_seq\":\"").append(Sequences.write(store, rows.lastSeq()));
        text.append("\",\"pending\":").append(count == 0 ? 0 : rows.pending()).append("}\n");
      }
      var more = count == key.most || text.length() >= MOST_CHARACTERS;
      var bytes = StandardCharsets.UTF_8.encode(text.toString());
      return new FeedBatch(bytes, count, rows.lastSeq(), more);
    }
  }
}
