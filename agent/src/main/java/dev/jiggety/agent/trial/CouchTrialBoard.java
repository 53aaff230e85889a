package dev.jiggety.agent.trial;

import com.google.gson.JsonObject;
import dev.jiggety.base.Backoff;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.document.TrialDocument;
import dev.jiggety.document.TrialsDocument;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.TrialAnswer;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.TrialRepository;
import dev.jiggety.repository.couch.Answers;
import dev.jiggety.repository.couch.ContinuousFeed;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.FeedPosition;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Requests in the database of patches, what nodes are shown in that of the configuration. */
public final class CouchTrialBoard implements TrialBoard {
  private static final int MOST_REMOVED = 1_000; // with one request
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

  private final HubDatabase patches;
  private final HubDatabase config;
  private final HubDatabase status;
  private final TrialRepository trials;

  /**
   * The trials of a hub; nothing is sent yet.
   *
   * @param names how its databases are called
   */
  public CouchTrialBoard(Hub hub, DatabaseNames names) {
    this.patches = hub.database(names.patches());
    this.config = hub.database(names.config());
    this.status = hub.database(names.status());
    this.trials = new CouchRepositories(hub, names).trials();
  }

  @Override
  public AutoCloseable follow(Consumer<JsonObject> requests, Consumer<String> lost) {
    var subject =
        new ContinuousFeed.Subject(
            "trials",
            patches,
            ChangesFilter.ofTypes(TrialDocument.TYPE.type()),
            HEARTBEAT,
            BACKOFF);
    return ContinuousFeed.start(subject, new Follower(requests, lost));
  }

  @Override
  public Trust trust() {
    TreeMap<String, Content> keys = new TreeMap<>();
    Outcome<Integer> read =
        config.eachRow(
            IdRange.startingWith(Ids.key("")),
            row -> {
              if (row.document() != null) {
                keys.put(row.id(), Contents.of(row.document()));
              }
            });
    Answers.value(read, config, "read the keys that are trusted");
    return Trust.in(new Configuration(keys));
  }

  @Override
  public boolean isAnswered(String requestId) {
    String id = Ids.trialAnswer(requestId, "");
    return Answers.find(status, id, "read " + id).isPresent();
  }

  @Override
  public List<JsonObject> shown() {
    return standing().map(document -> List.copyOf(requests(document))).orElse(List.of());
  }

  private static List<JsonObject> requests(JsonObject document) {
    return TrialsDocument.TYPE.read(document);
  }

  private Optional<JsonObject> standing() {
    return Answers.find(config, Ids.trials(), "read the trials that nodes are shown");
  }

  @Override
  public void show(List<JsonObject> requests) {
    JsonObject next = TrialsDocument.TYPE.write(requests);
    standing().ifPresent(document -> next.add("_rev", document.get("_rev")));
    Answers.value(config.put(next), config, "show nodes a trial");
  }

  @Override
  public void answer(TrialAnswer answer) {
    trials.answer(answer);
  }

  @Override
  public int tidy(Instant before) {
    // Answers first: those to a request that is made meanwhile must not be taken for old.
    // Of a thousand nodes' answers the ids alone, of requests one at a time: either may be large.
    List<DocumentRow> answers = new ArrayList<>();
    Answers.value(
        status.eachRow(IdRange.startingWith(Ids.trialAnswers("")).idsOnly(), answers::add),
        status,
        "read old trials");
    Set<String> young = new HashSet<>();
    List<DocumentRow> old = new ArrayList<>();
    Outcome<Integer> requests =
        patches.eachRow(
            IdRange.startingWith(Ids.trial("")),
            row -> {
              if (isBefore(row.document(), before)) {
                old.add(new DocumentRow(row.id(), row.rev(), null));
              } else {
                young.add(row.id().substring(Ids.trial("").length()));
              }
            });
    Answers.value(requests, patches, "read old trials");
    List<DocumentRow> orphans =
        answers.stream().filter(row -> !young.contains(row.id().split(":", 3)[1])).toList();
    remove(status, orphans);
    remove(patches, old);
    return orphans.size() + old.size();
  }

  private static boolean isBefore(@Nullable JsonObject document, Instant before) {
    try {
      return document == null
          || !document.has("created")
          || Instant.ofEpochMilli(document.get("created").getAsLong()).isBefore(before);
    } catch (RuntimeException e) {
      return true; // it says no time
    }
  }

  private static void remove(HubDatabase database, List<DocumentRow> rows) {
    for (int from = 0; from < rows.size(); from += MOST_REMOVED) {
      removeSome(database, rows.subList(from, Math.min(rows.size(), from + MOST_REMOVED)));
    }
  }

  private static void removeSome(HubDatabase database, List<DocumentRow> rows) {
    List<JsonObject> deletions = new ArrayList<>();
    for (DocumentRow row : rows) {
      JsonObject deletion = new JsonObject();
      deletion.addProperty("_id", row.id());
      deletion.addProperty("_rev", row.rev());
      deletion.addProperty("_deleted", true);
      deletions.add(deletion);
    }
    Answers.value(database.bulkDocs(deletions, true), database, "remove old trials");
  }

  private final class Follower implements ContinuousFeed.Listener {
    private final Consumer<JsonObject> requests;
    private final Consumer<String> lost;

    Follower(Consumer<JsonObject> requests, Consumer<String> lost) {
      this.requests = requests;
      this.lost = lost;
    }

    /** First what is there, so that not all patches that ever were are read for a few trials. */
    @Override
    public Outcome<FeedPosition> begin() {
      return patches
          .info()
          .then(info ->
              patches
                  .eachRow(
                      IdRange.startingWith(Ids.trial("")),
                      row -> {
                        if (row.document() != null) {
                          requests.accept(row.document());
                        }
                      })
                  .map(count -> new FeedPosition(info.updateSeq(), info.instanceStartTime())));
    }

    @Override
    public void change(Change change, FeedPosition reached) {
      JsonObject document = change.document();
      if (document != null && !change.deleted() && change.id().startsWith(Ids.trial(""))) {
        requests.accept(document);
      }
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      lost.accept(
          switch (connection) {
            case HubFeed.Connection.Connected() -> "";
            case HubFeed.Connection.Away(var kind, var reason) -> reason;
          });
    }
  }
}
