package dev.jiggety.repository.couch;

import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.Sequences;

/**
 * How far a database was heard.
 *
 * @param seq opaque; {@code 0} for nothing yet
 * @param instance which incarnation of the database it was; empty for none yet
 */
public record FeedPosition(String seq, String instance) {
  /** Nothing was heard. */
  public static final FeedPosition START = new FeedPosition("0", "");

  /** Whether changes can be asked for from here; not where the database was made anew. */
  public boolean fits(DatabaseInfo info) {
    return instance.equals(info.instanceStartTime()) && !Sequences.isBehind(info.updateSeq(), seq);
  }
}
