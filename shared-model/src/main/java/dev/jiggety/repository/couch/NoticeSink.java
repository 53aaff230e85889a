package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Ids;
import dev.jiggety.document.NoticeDocument;
import dev.jiggety.document.NoticeRequestDocument;
import dev.jiggety.model.rules.notice.NoticeIds;
import dev.jiggety.repository.NoticeRepository.Listener;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notices and requests, from the database of incidents. */
final class NoticeSink implements FeedSink {
  private static final String NOTICE = "notice:";
  private static final String REQUEST = Ids.request("");

  private final Instant since;
  private final Delivery<Listener> delivery;

  NoticeSink(Instant since, Delivery<Listener> delivery) {
    this.since = since;
    this.delivery = delivery;
  }

  @Override
  public Optional<Duration> retryMissing() {
    return Optional.empty();
  }

  @Override
  public Outcome<String> load(HubDatabase database, DatabaseInfo info) {
    IdRange notices = IdRange.between(NoticeIds.from(since), IdRange.startingWith(NOTICE).to());
    return database
        .eachRow(notices, row -> deliver(row.id(), row.document()))
        .then(count ->
            database.eachRow(
                IdRange.startingWith(REQUEST), row -> deliver(row.id(), row.document())))
        .map(count -> info.updateSeq());
  }

  @Override
  public void changed(Change change) {
    if (!change.deleted()) {
      deliver(change.id(), change.document());
    }
  }

  private void deliver(String id, @Nullable JsonObject document) {
    if (document == null) {
      return;
    }
    if (id.startsWith(NOTICE)) {
      CouchIncidents.understood(document, () -> NoticeDocument.TYPE.stored(document))
          .ifPresent(notice -> delivery.deliver(to -> to.notice(notice)));
    } else if (id.startsWith(REQUEST)) {
      CouchIncidents.understood(document, () -> NoticeRequestDocument.TYPE.read(document))
          .ifPresent(request -> delivery.deliver(to -> to.request(request)));
    }
  }
}
