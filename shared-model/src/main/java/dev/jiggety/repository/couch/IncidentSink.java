package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Ids;
import dev.jiggety.document.IncidentActDocument;
import dev.jiggety.document.IncidentDocument;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.repository.IncidentRepository.Listener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Incidents and what is said of them. */
final class IncidentSink implements FeedSink {
  /** Nothing begins later than that after now, whatever the clocks say. */
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  private final Instant since;
  private final Delivery<Listener> delivery;

  IncidentSink(Instant since, Delivery<Listener> delivery) {
    this.since = since;
    this.delivery = delivery;
  }

  @Override
  public Optional<Duration> retryMissing() {
    return Optional.empty();
  }

  @Override
  public Outcome<String> load(HubDatabase database, DatabaseInfo info) {
    List<Incident> older = new ArrayList<>();
    Outcome<Integer> read =
        CouchIncidents.since(
            database,
            since,
            NEVER,
            document ->
                incident(document).filter(it -> it.began().isBefore(since)).ifPresent(older::add));
    for (Incident incident : older) {
      IdRange said = IdRange.startingWith(Ids.act(incident.id(), ""));
      read = read.then(count -> CouchIncidents.acts(database, said, this::told));
    }
    IdRange said = IdRange.between(Ids.actsFrom(since), IdRange.startingWith("act:").to());
    return read.then(count -> CouchIncidents.acts(database, said, this::told))
        .map(count -> info.updateSeq());
  }

  @Override
  public void changed(Change change) {
    JsonObject document = change.document();
    if (document == null || change.deleted()) {
      return;
    }
    if (change.id().startsWith(Ids.incident(""))) {
      incident(document);
    } else if (change.id().startsWith("act:")) {
      CouchIncidents.understood(document, () -> IncidentActDocument.TYPE.read(document))
          .ifPresent(this::told);
    }
  }

  private Optional<Incident> incident(JsonObject document) {
    Optional<Incident> read =
        CouchIncidents.understood(document, () -> IncidentDocument.TYPE.read(document));
    read.ifPresent(it -> delivery.deliver(to -> to.incident(CouchIncidents.stored(document, it))));
    return read;
  }

  private void told(IncidentAct act) {
    delivery.deliver(to -> to.act(act));
  }
}
