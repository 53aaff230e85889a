package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Batch;
import dev.jiggety.repository.HubFeed.Listener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Results, from the database of a week. */
final class LiveSink implements FeedSink {
  private static final Logger LOG = System.getLogger(LiveSink.class.getName());
  private final List<String> weeks;
  private final IdRange range;
  private final Duration retryMissing;
  private final Delivery<Listener> delivery;

  /**
   * Results of some weeks.
   *
   * @param since how far back they are wanted
   * @param weeks databases to be read once before the one that is followed
   * @param retryMissing when to look again for a database that is not there
   */
  LiveSink(Instant since, List<String> weeks, Duration retryMissing, Delivery<Listener> delivery) {
    this.retryMissing = retryMissing;
    this.weeks = weeks;
    this.range =
        IdRange.between(
            Ids.batchesFrom(since.minus(CouchResults.LONGEST_BATCH)),
            IdRange.startingWith("batch:").to());
    this.delivery = delivery;
  }

  @Override
  public Optional<Duration> retryMissing() {
    return Optional.of(retryMissing);
  }

  /** Reads only what is wanted, by ids; changes follow from where the database stood before. */
  @Override
  public Outcome<String> load(HubDatabase database, DatabaseInfo info) {
    for (String week : weeks) {
      boolean isOlder = week.compareTo(database.name()) < 0;
      if (isOlder) {
        Outcome<Integer> read =
            CouchResults.readAll(database.hub().database(week), range, this::deliver);
        if (!read.isOk() && !(read instanceof Outcome.Missing<Integer>)) {
          return read.map(count -> info.updateSeq());
        }
      }
    }
    return CouchResults.readAll(database, range, this::deliver).map(count -> info.updateSeq());
  }

  @Override
  public void changed(Change change) {
    JsonObject document = change.document();
    if (document != null && !change.deleted() && change.id().startsWith("batch:")) {
      deliver(document);
    }
  }

  private void deliver(JsonObject document) {
    try {
      Batch batch = BatchDocument.TYPE.read(document);
      delivery.deliver(to -> to.batch(batch));
    } catch (DocumentException e) {
      LOG.log(Level.WARNING, "results that cannot be read: {0}", e.getMessage());
    }
  }
}
