package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.NodeDocument;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.repository.HubFeed.Listener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/** What nodes say of themselves, from the status database. */
final class StatusSink implements FeedSink {
  private static final Logger LOG = System.getLogger(StatusSink.class.getName());
  private final Delivery<Listener> delivery;

  StatusSink(Delivery<Listener> delivery) {
    this.delivery = delivery;
  }

  @Override
  public Optional<Duration> retryMissing() {
    return Optional.empty();
  }

  @Override
  public Outcome<String> load(HubDatabase database, DatabaseInfo info) {
    return ConfigSink.loadAll(database, this::changed);
  }

  @Override
  public void changed(Change change) {
    JsonObject document = change.document();
    if (document == null || change.deleted() || !change.id().startsWith(Ids.node(""))) {
      return;
    }
    try {
      NodeStatus node = NodeDocument.TYPE.read(document);
      delivery.deliver(to -> to.node(node));
    } catch (DocumentException e) {
      LOG.log(Level.WARNING, "{0} cannot be read: {1}", change.id(), e.getMessage());
    }
  }
}
