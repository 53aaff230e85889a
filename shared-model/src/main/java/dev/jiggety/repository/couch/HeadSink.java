package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Head;
import dev.jiggety.repository.PatchRepository.Listener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/** The head, from the configuration database. */
final class HeadSink implements FeedSink {
  private static final Logger LOG = System.getLogger(HeadSink.class.getName());
  private final Delivery<Listener> delivery;

  HeadSink(Delivery<Listener> delivery) {
    this.delivery = delivery;
  }

  @Override
  public Optional<Duration> retryMissing() {
    return Optional.empty();
  }

  @Override
  public Outcome<String> load(HubDatabase database, DatabaseInfo info) {
    Outcome<JsonObject> head = database.get(Ids.head());
    if (head instanceof Outcome.Missing<JsonObject>) {
      return new Outcome.Ok<>(info.updateSeq());
    }
    return head.map(document -> {
      deliver(document);
      return info.updateSeq();
    });
  }

  @Override
  public void changed(Change change) {
    JsonObject document = change.document();
    if (document != null && !change.deleted() && change.id().equals(Ids.head())) {
      deliver(document);
    }
  }

  private void deliver(JsonObject document) {
    try {
      Head head = HeadDocument.TYPE.read(document);
      delivery.deliver(to -> to.head(head));
    } catch (DocumentException e) {
      LOG.log(Level.WARNING, "the head cannot be read: {0}", e.getMessage());
    }
  }
}
