package dev.jiggety.repository.couch;

import dev.jiggety.couch.DatabaseInfo;

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
    return instance.equals(info.instanceStartTime()) && !isBehind(info.updateSeq(), seq);
  }

  /** Plain numbers can be compared: a server that lost its data starts counting anew. */
  private static boolean isBehind(String server, String heard) {
    return server.matches("\\d{1,18}")
        && heard.matches("\\d{1,18}")
        && Long.parseLong(server) < Long.parseLong(heard);
  }
}
