package dev.jiggety.agent.secret;

import com.google.gson.JsonObject;
import dev.jiggety.base.Backoff;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.AnswerDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.couch.Answers;
import dev.jiggety.repository.couch.ContinuousFeed;
import dev.jiggety.repository.couch.FeedPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The databases of the configuration, of the enrolment and of the patches, by three feeds. */
public final class CouchSecretBoard implements SecretBoard {
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

  private final HubDatabase configDatabase;
  private final HubDatabase patchesDatabase;
  private final Part config;
  private final Part members;
  private final Part deposits;

  /**
   * The board of a hub; nothing is sent yet.
   *
   * @param names how its databases are called
   */
  public CouchSecretBoard(Hub hub, DatabaseNames names) {
    this.configDatabase = hub.database(names.config());
    this.patchesDatabase = hub.database(names.patches());
    this.config = new Part("configuration", configDatabase, "", ChangesFilter.NONE);
    this.members =
        new Part(
            "enrolment",
            hub.database(names.enrolment()),
            "member:",
            ChangesFilter.ofTypes("member"));
    this.deposits =
        new Part("orders", patchesDatabase, Ids.deposit(""), ChangesFilter.ofTypes("deposit"));
  }

  @Override
  public AutoCloseable follow(Runnable changed, Lost lost) {
    List<AutoCloseable> feeds = new ArrayList<>();
    for (Part part : List.of(config, members, deposits)) {
      var subject =
          new ContinuousFeed.Subject(
              "secrets-" + part.name, part.database, part.filter, HEARTBEAT, BACKOFF);
      feeds.add(ContinuousFeed.start(subject, part.follower(changed, lost)));
    }
    return () -> {
      for (AutoCloseable feed : feeds) {
        feed.close();
      }
    };
  }

  @Override
  public boolean isComplete() {
    return config.isHeard && members.isHeard && deposits.isHeard;
  }

  @Override
  public View view() {
    return new View(config.copy(), members.copy(), deposits.copy());
  }

  @Override
  public void put(JsonObject document) {
    String id = document.get("_id").getAsString();
    JsonObject next = document.deepCopy();
    JsonObject before = config.documents.get(id);
    if (before != null) {
      next.add("_rev", before.get("_rev"));
    }
    Outcome<String> put = configDatabase.put(next);
    if (put instanceof Outcome.Conflict<String>) {
      Answers.find(configDatabase, id, "read " + id)
          .ifPresentOrElse(
              found -> config.documents.put(id, found), () -> config.documents.remove(id));
    }
    next.addProperty("_rev", Answers.value(put, configDatabase, "write " + id));
    config.documents.put(id, next);
  }

  @Override
  public void remove(String id) {
    remove(configDatabase, config, id);
  }

  private static void remove(HubDatabase database, Part part, String id) {
    JsonObject known = part.documents.get(id);
    if (known == null) {
      return;
    }
    Outcome<String> gone = database.delete(id, known.get("_rev").getAsString());
    if (!(gone instanceof Outcome.Missing<String>)) {
      Answers.value(gone, database, "remove " + id);
    }
    part.documents.remove(id);
  }

  @Override
  public boolean isAnswered(String depositId) {
    String id = Ids.answer(depositId);
    return Answers.find(patchesDatabase, id, "read " + id).isPresent();
  }

  @Override
  public void answer(CommandAnswer answer) {
    Outcome<String> put = patchesDatabase.put(AnswerDocument.TYPE.write(answer));
    if (!(put instanceof Outcome.Conflict<String>)) { // else it was answered before
      Answers.value(put, patchesDatabase, "answer an order");
    }
    remove(patchesDatabase, deposits, Ids.deposit(answer.command()));
  }

  /** One database, as far as it was heard. */
  private static final class Part {
    final String name;
    final HubDatabase database;
    final String prefix;
    final ChangesFilter filter;
    final ConcurrentSkipListMap<String, JsonObject> documents = new ConcurrentSkipListMap<>();
    volatile boolean isHeard;

    Part(String name, HubDatabase database, String prefix, ChangesFilter filter) {
      this.name = name;
      this.database = database;
      this.prefix = prefix;
      this.filter = filter;
    }

    SortedMap<String, JsonObject> copy() {
      return new TreeMap<>(documents);
    }

    ContinuousFeed.Listener follower(Runnable changed, Lost lost) {
      return new ContinuousFeed.Listener() {
        // First what is there, so that not everything that ever was is read for it.
        @Override
        public Outcome<FeedPosition> begin() {
          return database
              .info()
              .then(info -> {
                TreeMap<String, JsonObject> found = new TreeMap<>();
                return database
                    .eachRow(
                        IdRange.startingWith(prefix),
                        row -> {
                          if (row.document() != null && !row.id().startsWith("_")) {
                            found.put(row.id(), row.document());
                          }
                        })
                    .map(_ -> {
                      documents.keySet().retainAll(found.keySet());
                      documents.putAll(found);
                      isHeard = true;
                      changed.run();
                      return new FeedPosition(info.updateSeq(), info.instanceStartTime());
                    });
              });
        }

        @Override
        public void change(Change change, FeedPosition reached) {
          JsonObject document = change.document();
          if (!change.id().startsWith(prefix) || change.id().startsWith("_")) {
            return;
          }
          if (change.deleted() || document == null) {
            documents.remove(change.id());
          } else {
            documents.put(change.id(), document);
          }
          changed.run();
        }

        @Override
        public void connection(HubFeed.Connection connection) {
          lost.heard(
              name,
              switch (connection) {
                case HubFeed.Connection.Connected() -> "";
                case HubFeed.Connection.Away(HubException.Kind _, String reason) -> reason;
              });
        }
      };
    }
  }
}
