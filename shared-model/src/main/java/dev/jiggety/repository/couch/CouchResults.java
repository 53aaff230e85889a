package dev.jiggety.repository.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubViews;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Batch;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.ResultRepository;
import dev.jiggety.repository.VerdictCount;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The batches of the weekly databases, read as ranges of ids, which begin with the time. */
final class CouchResults implements ResultRepository {
  /**
   * A batch is named after its earliest run, and a run that waits for its timeouts is finished
   * minutes later, together with others that were quick.
   */
  static final Duration LONGEST_BATCH = Duration.ofMinutes(5);

  private static final int PAGE = 200;

  private static final int FIRST_PAGE = 20;
  private static final int FEWEST_IN_PAGE = 5;

  /** What is held at once: a batch can have one run or hundreds. */
  private static final int RUNS_IN_PAGE = 4_000;

  private static final String VERDICTS = DesignDocuments.NAME + "/" + DesignDocuments.VERDICTS;
  private static final Logger LOG = System.getLogger(CouchResults.class.getName());

  private final Hub hub;
  private final DatabaseNames names;

  CouchResults(Hub hub, DatabaseNames names) {
    this.hub = hub;
    this.names = names;
  }

  @Override
  public void read(Instant from, Instant to, Consumer<Batch> consumer) {
    if (!from.isBefore(to)) {
      return;
    }
    Instant begin = from.minus(LONGEST_BATCH);
    IdRange range = IdRange.between(Ids.batchesFrom(begin), Ids.batchesFrom(to));
    for (String week : names.live(begin, to)) {
      HubDatabase database = hub.database(week);
      Outcome<Integer> read = readAll(database, range, document -> hand(document, consumer));
      if (!(read instanceof Outcome.Missing<Integer>)) {
        Answers.value(read, database, "read results");
      }
    }
  }

  @Override
  public Optional<Batch> find(String batchId) {
    HubDatabase database = holder(batchId);
    return document(database, batchId)
        .map(document -> Answers.read(BatchDocument.TYPE, document, database));
  }

  @Override
  public Optional<byte[]> picture(String batchId, String name) {
    HubDatabase database = holder(batchId);
    Optional<JsonObject> document = document(database, batchId);
    if (document.isEmpty()) {
      return Optional.empty();
    }
    String rev = document.get().get("_rev").getAsString();
    Outcome<InputStream> found = database.attachments().read(batchId, rev, name);
    if (found instanceof Outcome.Missing<InputStream>) {
      return Optional.empty();
    }
    try (InputStream in = Answers.value(found, database, "read the picture " + name)) {
      return Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new HubException(
          HubException.Kind.UNAVAILABLE, "the picture " + name + " did not come: " + e);
    }
  }

  private HubDatabase holder(String batchId) {
    return hub.database(names.live(Ids.timeOf(batchId)));
  }

  private static Optional<JsonObject> document(HubDatabase database, String batchId) {
    Outcome<JsonObject> found = database.get(batchId);
    return found instanceof Outcome.Missing<JsonObject>
        ? Optional.empty() // with or without its week
        : Optional.of(Answers.value(found, database, "read " + batchId));
  }

  @Override
  public List<VerdictCount> verdicts(Instant from, Instant to) {
    VerdictRows rows = new VerdictRows();
    JsonArray end = end(to);
    count(from, to, views -> views.eachGroup(VERDICTS, VerdictRows.hour(from), end, rows::add));
    return rows.counts();
  }

  @Override
  public void eachTestHour(Instant from, Instant to, Consumer<TestHour> consumer) {
    JsonArray end = end(to);
    count(
        from,
        to,
        views ->
            views.eachSum(
                VERDICTS,
                VerdictRows.hour(from),
                end,
                VerdictRows.TEST_LEVEL,
                row -> consumer.accept(VerdictRows.testHour(row))));
  }

  private static JsonArray end(Instant to) {
    JsonArray end = VerdictRows.hour(to);
    end.add(new JsonObject()); // sorts behind every test
    return end;
  }

  private void count(Instant from, Instant to, Function<HubViews, Outcome<Integer>> reading) {
    for (String week : names.live(from.minus(LONGEST_BATCH), to)) {
      HubDatabase database = hub.database(week);
      Outcome<Integer> read = reading.apply(database.views());
      if (read instanceof Outcome.Missing<Integer>) {
        requireIndex(database);
      } else {
        Answers.value(read, database, "count results");
      }
    }
  }

  /** A week that nobody has needed is no fault; one without our index was made by somebody else. */
  private static void requireIndex(HubDatabase database) {
    if (database.info().isOk()) {
      throw new HubException(
          HubException.Kind.MISSING,
          "the database %s has no index of verdicts; run: jiggety provision --hub %s"
              .formatted(database.name(), database.hub().address()));
    }
  }

  /** Reads a range page by page; a database that is not there is missing. */
  static Outcome<Integer> readAll(
      HubDatabase database, IdRange range, Consumer<JsonObject> consumer) {
    IdRange next = range;
    int limit = FIRST_PAGE;
    int count = 0;
    while (true) {
      Outcome<List<DocumentRow>> outcome = database.allDocs(next.limitedTo(limit));
      if (!(outcome instanceof Outcome.Ok<List<DocumentRow>>(List<DocumentRow> page))) {
        return outcome.map(List::size);
      }
      int runs = 1;
      for (DocumentRow row : page) {
        JsonObject document = row.document();
        if (document != null) {
          runs += document.get("runs") instanceof JsonArray some ? some.size() : 0;
          consumer.accept(document);
        }
      }
      count += page.size();
      if (page.size() < limit) {
        return new Outcome.Ok<>(count);
      }
      limit = Math.clamp((long) RUNS_IN_PAGE * page.size() / runs, FEWEST_IN_PAGE, PAGE);
      next = next.after(page.getLast().id());
    }
  }

  private static void hand(JsonObject document, Consumer<Batch> consumer) {
    Batch batch;
    try {
      batch = BatchDocument.TYPE.read(document);
    } catch (DocumentException e) {
      LOG.log(Level.WARNING, "left out results that cannot be read: {0}", e.getMessage());
      return;
    }
    consumer.accept(batch);
  }
}
