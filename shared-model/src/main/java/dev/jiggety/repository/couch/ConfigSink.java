package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.Changes;
import dev.jiggety.couch.ChangesRequest;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.Stored;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.HubFeed.Listener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What is in the configuration database. Knows which were told, to tell when they are gone. */
final class ConfigSink implements FeedSink {
  private static final Logger LOG = System.getLogger(ConfigSink.class.getName());
  private static final int PAGE = 200;
  private static final String TEST = Ids.test("");

  private final Delivery<Listener> delivery;
  private final Set<String> told = new HashSet<>();

  ConfigSink(Delivery<Listener> delivery) {
    this.delivery = delivery;
  }

  @Override
  public Optional<Duration> retryMissing() {
    return Optional.empty();
  }

  @Override
  public Outcome<String> load(HubDatabase database, DatabaseInfo info) {
    Set<String> there = new HashSet<>();
    Outcome<String> end =
        loadAll(
            database,
            change -> {
              if (!change.deleted()) {
                there.add(change.id());
              }
              changed(change);
            });
    if (end.isOk()) {
      // The database was made anew without them: no change says that they are gone.
      Set<String> gone = new HashSet<>(told);
      gone.removeAll(there);
      gone.forEach(this::gone);
    }
    return end;
  }

  @Override
  public void changed(Change change) {
    JsonObject document = change.document();
    if (change.deleted()) {
      gone(change.id());
    } else if (document != null && !change.id().startsWith(TEST)) {
      if (Ids.isOfConfiguration(change.id())) {
        told.add(change.id());
        delivery.deliver(to -> to.configuration(change.id(), document));
      }
    } else if (document != null) {
      try {
        Stored<TestDefinition> test = TestDocument.TYPE.stored(document);
        told.add(change.id());
        delivery.deliver(to -> to.test(test));
      } catch (DocumentException e) {
        LOG.log(Level.WARNING, "{0} cannot be read: {1}", change.id(), e.getMessage());
      }
    }
  }

  /** Hands over all changes since the beginning, page by page; gives the end of the feed. */
  static Outcome<String> loadAll(HubDatabase database, Consumer<Change> consumer) {
    String since = "0";
    while (true) {
      Outcome<Changes> page =
          database.changes(ChangesRequest.since(since).limitedTo(PAGE).includingDocuments());
      if (!(page instanceof Outcome.Ok<Changes>(Changes changes))) {
        return page.map(Changes::lastSeq);
      }
      changes.results().forEach(consumer);
      since = changes.lastSeq();
      if (changes.results().size() < PAGE) {
        return new Outcome.Ok<>(since);
      }
    }
  }

  private void gone(String documentId) {
    if (!told.remove(documentId)) {
      return;
    }
    if (documentId.startsWith(TEST)) {
      String testId = documentId.substring(TEST.length());
      delivery.deliver(to -> to.testDeleted(testId));
    } else {
      delivery.deliver(to -> to.configuration(documentId, null));
    }
  }
}
