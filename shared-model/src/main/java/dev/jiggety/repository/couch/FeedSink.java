package dev.jiggety.repository.couch;

import dev.jiggety.couch.Change;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import java.time.Duration;
import java.util.Optional;

/** What one part of a feed does with what it hears. Called by the thread of that part. */
interface FeedSink {
  /** When to look again for a database that is not there yet; empty where it should be there. */
  Optional<Duration> retryMissing();

  /**
   * Delivers what is there.
   *
   * @param info of the database, asked for before
   * @return the sequence from which on changes are wanted
   */
  Outcome<String> load(HubDatabase database, DatabaseInfo info);

  /** Delivers a change, with its document. */
  void changed(Change change);
}
