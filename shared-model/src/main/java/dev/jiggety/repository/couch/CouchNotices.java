package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.BulkRow;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.NoticeDocument;
import dev.jiggety.document.NoticeRequestDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Notice;
import dev.jiggety.model.NoticeRequest;
import dev.jiggety.model.rules.notice.NoticeIds;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.NoticeRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Notices and requests in the database of incidents. */
final class CouchNotices implements NoticeRepository {
  private static final int AT_ONCE = 200;

  private final Hub hub;
  private final DatabaseNames names;
  private final HubDatabase database;

  CouchNotices(Hub hub, DatabaseNames names) {
    this.hub = hub;
    this.names = names;
    this.database = hub.database(names.incidents());
  }

  @Override
  public List<Stored<Notice>> between(Instant from, Instant to) {
    List<Stored<Notice>> found = new ArrayList<>();
    Outcome<Integer> read =
        database.eachRow(
            IdRange.between(NoticeIds.from(from), NoticeIds.from(to)),
            row -> {
              JsonObject document = row.document();
              if (document != null) {
                CouchIncidents.understood(document, () -> NoticeDocument.TYPE.stored(document))
                    .ifPresent(found::add);
              }
            });
    Answers.value(read, database, "read the notices");
    return List.copyOf(found);
  }

  @Override
  public Optional<Stored<Notice>> find(String id) {
    return Answers.find(database, id, "read the notice " + id)
        .map(document -> {
          Notice notice = Answers.read(NoticeDocument.TYPE, document, database);
          return new Stored<>(notice, document.get("_rev").getAsString(), document);
        });
  }

  @Override
  public List<Stored<Notice>> create(List<Notice> notices) {
    List<Stored<Notice>> created = new ArrayList<>();
    for (int i = 0; i < notices.size(); i += AT_ONCE) {
      create(notices.subList(i, Math.min(notices.size(), i + AT_ONCE)), created);
    }
    return List.copyOf(created);
  }

  private void create(List<Notice> notices, List<Stored<Notice>> created) {
    Map<String, Notice> byId = new HashMap<>();
    List<JsonObject> documents = new ArrayList<>();
    for (Notice notice : notices) {
      byId.put(notice.id(), notice);
      documents.add(NoticeDocument.TYPE.write(notice));
    }
    Outcome<List<BulkRow>> stored = database.bulkDocs(documents, true);
    for (BulkRow row : Answers.value(stored, database, "store notices")) {
      Notice notice = byId.get(row.id());
      if (notice != null && row.isOk()) {
        JsonObject document = NoticeDocument.TYPE.write(notice);
        document.addProperty("_rev", row.rev());
        created.add(new Stored<>(notice, row.rev(), document));
      } else if (!row.error().equals("conflict")) {
        throw new HubException(
            HubException.Kind.REFUSED,
            "cannot store the notice %s at the hub %s: %s"
                .formatted(row.id(), hub.address(), row.reason()));
      }
    }
  }

  @Override
  public Optional<Stored<Notice>> store(Notice notice, Stored<Notice> before) {
    String what = "store the notice " + notice.id();
    JsonObject document = NoticeDocument.TYPE.write(notice, before.raw());
    document.addProperty("_rev", before.rev());
    return Swap.put(database, notice, document, what);
  }

  @Override
  public void request(NoticeRequest request) {
    String what = "ask for a " + request.act().label() + " of " + request.subject();
    if (!Once.put(database, NoticeRequestDocument.TYPE.write(request), what)) {
      throw new HubException(
          HubException.Kind.REFUSED,
          "cannot %s: the hub %s has another request of that id; take another id"
              .formatted(what, hub.address()));
    }
  }

  @Override
  public HubFeed.Subscription follow(Instant since, Listener listener) {
    var delivery = new Delivery<>(hub.address(), listener, Listener::connection, 1);
    var subject =
        new FeedPart.Subject(
            "notices",
            names::incidents,
            new NoticeSink(since, delivery),
            Duration.ZERO,
            ChangesFilter.ofTypes(NoticeDocument.TYPE.type(), NoticeRequestDocument.TYPE.type()),
            true);
    return FeedPart.follow(hub, delivery, subject);
  }
}
