package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.replication.job.InvalidRequestException;
import dev.jiggety.agent.replication.job.JobJson;
import dev.jiggety.agent.replication.job.JobState;
import dev.jiggety.agent.replication.job.ReplicationJob;
import dev.jiggety.agent.replication.job.ReplicationJob.Origin;
import dev.jiggety.agent.replication.job.ReplicationJobs;
import dev.jiggety.agent.replication.job.ReplicationRequest;
import dev.jiggety.agent.store.AttachmentWrite;
import dev.jiggety.agent.store.ChangesQuery;
import dev.jiggety.agent.store.DatabaseListener;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.StoreException;
import dev.jiggety.agent.store.StoreListener;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.Subscription;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The database {@code _replicator}: each document is a replication that the hub runs for as long as
 * the document is there, over restarts too (CouchDB "Replicator Database"). As in CouchDB 3, only
 * {@code completed} and {@code failed} are written into the document; what goes on meanwhile is
 * told by {@code _scheduler/docs}. Follows the database on a virtual thread of its own.
 */
final class ReplicatorDatabase implements AutoCloseable {
  static final String NAME = "_replicator";

  private static final Logger LOG = System.getLogger(ReplicatorDatabase.class.getName());
  private static final String STATE = "_replication_state";
  private static final List<String> OWN =
      List.of(
          STATE,
          "_replication_state_time",
          "_replication_state_reason",
          "_replication_id",
          "_replication_stats");

  private final Databases databases;
  private final ReplicationJobs jobs;
  private final InstantSource clock;
  private final ConcurrentSkipListMap<String, Entry> entries = new ConcurrentSkipListMap<>();
  private final Semaphore woken = new Semaphore(1);
  private final Subscription subscription;
  private final Thread thread;
  private volatile boolean closed;
  private @Nullable DocumentStore store;
  private @Nullable Subscription changes;
  private long since;

  /**
   * What is known of a document.
   *
   * @param definition the document without what the hub writes into it
   * @param job null where none runs
   * @param shown the row of {@code _scheduler/docs} where no job runs
   */
  private record Entry(JsonObject definition, @Nullable ReplicationJob job, JsonObject shown) {}

  /** Follows the database, there or not, once it is started. */
  ReplicatorDatabase(Databases databases, ReplicationJobs jobs, InstantSource clock) {
    this.databases = databases;
    this.jobs = jobs;
    this.clock = clock;
    this.subscription =
        databases.subscribe(
            new DatabaseListener() {
              @Override
              public void created(String name) {
                wake(name);
              }

              @Override
              public void deleted(String name) {
                wake(name);
              }
            });
    this.thread = Thread.ofVirtual().name("hub-replicator").unstarted(this::loop);
  }

  /** Begins; once only. */
  void start() {
    thread.start();
  }

  private void wake(String name) {
    if (name.equals(NAME)) {
      woken.release();
    }
  }

  /**
   * Looks at a document on its way into the database.
   *
   * @throws CouchError 403 where it does not describe a replication
   */
  static void check(JsonObject document, String id) {
    var deleted = document.get("_deleted") instanceof JsonPrimitive flag && flag.getAsBoolean();
    if (deleted || id.startsWith(DocumentIds.DESIGN)) {
      return;
    }
    try {
      var _ = ReplicationRequest.parse(document);
    } catch (InvalidRequestException e) {
      throw CouchError.forbidden(
          e.isUnsupported() ? e.reason() + " is not part of this hub" : e.reason());
    }
  }

  // -- following the database ------------------------------------------------------------------

  private void loop() {
    while (!closed) {
      try {
        woken.acquire();
        woken.drainPermits();
        follow();
      } catch (InterruptedException e) {
        // Only close() interrupts.
      } catch (StoreException e) {
        LOG.log(Level.DEBUG, "{0}: {1}", NAME, e.getMessage());
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, NAME + ": goes on after an error", e);
      }
    }
  }

  private void follow() throws InterruptedException {
    var found = databases.find(NAME).orElse(null);
    if (!Objects.equals(found, store)) {
      leave();
      store = found;
      since = 0;
      if (found != null) {
        changes = found.subscribe(new Waker());
      }
    }
    if (found == null) {
      return;
    }
    try (var rows = found.changes(ChangesQuery.since(since))) {
      while (!closed && rows.hasNext()) {
        var row = rows.next();
        if (!row.id().startsWith(DocumentIds.DESIGN)) {
          look(found, row.id());
        }
        since = row.seq();
      }
    }
  }

  private final class Waker implements StoreListener {
    @Override
    public void changed(long seq) {
      woken.release();
    }

    @Override
    public void closed() {
      woken.release();
    }
  }

  /** The database is gone, and its replications with it. */
  private void leave() throws InterruptedException {
    var old = changes;
    if (old != null) {
      old.close();
      changes = null;
    }
    for (var id : List.copyOf(entries.keySet())) {
      stop(id);
    }
  }

  private void stop(String id) throws InterruptedException {
    var entry = entries.remove(id);
    if (entry != null && entry.job != null) {
      jobs.cancel(entry.job);
    }
  }

  private void look(DocumentStore from, String id) throws InterruptedException {
    var document = from.get(id).filter(found -> !found.deleted());
    if (document.isEmpty()) {
      stop(id);
      return;
    }
    var body = document.get().body();
    var definition = definition(body);
    var known = entries.get(id);
    var runs = known != null && known.job != null && known.definition.equals(definition);
    var state = body.get(STATE) instanceof JsonPrimitive text ? text.getAsString() : "";
    var ended = state.equals("completed") || state.equals("failed");
    if (runs && !ended && document.get().conflicts().isEmpty()) {
      return;
    }
    stop(id);
    if (!document.get().conflicts().isEmpty()) {
      var reason = "the document has conflicts: delete all of its revisions but one";
      entries.put(
          id, new Entry(definition, null, ReplicatorRow.failed(id, body, reason, clock.instant())));
    } else if (ended) {
      entries.put(
          id, new Entry(definition, null, ReplicatorRow.ended(id, body, state, clock.instant())));
    } else {
      start(from, id, body, definition);
    }
  }

  private static JsonObject definition(JsonObject body) {
    var definition = body.deepCopy();
    OWN.forEach(definition::remove);
    return definition;
  }

  private void start(DocumentStore from, String id, JsonObject body, JsonObject definition) {
    try {
      var request = ReplicationRequest.parse(body).by(UserContext.ANYBODY.toJson());
      var owner = body.get("owner") instanceof JsonPrimitive text ? text.getAsString() : "";
      var origin = new Origin(NAME, id, owner);
      var job = jobs.start(request, origin, ended -> ended(from, definition, ended));
      if (job.origin().equals(origin)) {
        entries.put(id, new Entry(definition, job, new JsonObject()));
      } else {
        var other = job.origin().isDocument() ? job.origin().document() : "_replicate";
        fail(
            from,
            id,
            definition,
            "Replication `"
                + job.id()
                + "` specified by document `"
                + id
                + "` already started, triggered by `"
                + other
                + "`");
      }
    } catch (InvalidRequestException e) {
      fail(from, id, definition, e.reason());
    }
  }

  // -- what is written into documents ----------------------------------------------------------

  private void fail(DocumentStore to, String id, JsonObject definition, String reason) {
    var result = new JsonObject();
    result.addProperty(STATE, "failed");
    result.addProperty("_replication_state_reason", reason);
    write(to, id, definition, result);
  }

  /** On the job's thread. */
  private void ended(DocumentStore to, JsonObject definition, ReplicationJob job) {
    var status = job.status();
    var id = job.origin().document();
    try {
      if (status.state() == JobState.FAILED) {
        fail(to, id, definition, status.reason());
      } else if (status.state() == JobState.COMPLETED) {
        var stats = JobJson.info(job.stats());
        stats.addProperty("start_time", JobJson.time(job.startedAt()));
        var result = new JsonObject();
        result.addProperty(STATE, "completed");
        result.addProperty("_replication_id", job.id());
        result.add("_replication_stats", stats);
        write(to, id, definition, result);
      }
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "{0}/{1}: state not written: {2}", NAME, id, e.getMessage());
    }
  }

  /** Writes a result into the document, unless it has become another one meanwhile. */
  private void write(DocumentStore to, String id, JsonObject definition, JsonObject result) {
    var now = to.get(id).filter(found -> !found.deleted());
    if (now.isEmpty() || !definition(now.get().body()).equals(definition)) {
      return;
    }
    var body = definition.deepCopy();
    result.entrySet().forEach(member -> body.add(member.getKey(), member.getValue()));
    body.addProperty("_replication_state_time", JobJson.time(clock.instant()));
    var write = keepAttachments(DocumentWrite.edit(id, body, Optional.of(now.get().rev())), now);
    var outcome = to.put(write);
    LOG.log(Level.DEBUG, "{0}/{1}: {2}", NAME, id, outcome);
  }

  private static DocumentWrite keepAttachments(
      DocumentWrite write, Optional<StoredDocument> document) {
    var kept = write;
    for (var attachment : document.map(StoredDocument::attachments).orElse(List.of())) {
      kept = kept.withAttachment(AttachmentWrite.keep(attachment));
    }
    return kept;
  }

  // -- what is shown ---------------------------------------------------------------------------

  /** The rows of {@code _scheduler/docs}, by id. */
  List<JsonObject> list() {
    return entries.keySet().stream().flatMap(id -> show(id).stream()).toList();
  }

  /** One of them. */
  Optional<JsonObject> show(String id) {
    return Optional.ofNullable(entries.get(id)).map(ReplicatorDatabase::row);
  }

  private static JsonObject row(Entry entry) {
    return entry.job == null ? entry.shown : ReplicatorRow.of(entry.job);
  }

  /** Ends following; the jobs end with their {@link ReplicationJobs}. */
  @Override
  public void close() {
    closed = true;
    subscription.close();
    thread.interrupt();
  }
}
