package dev.jiggety.agent.manager.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.manager.PatchBoard;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.AnswerDocument;
import dev.jiggety.document.AuditDocument;
import dev.jiggety.document.Before;
import dev.jiggety.document.BeforeDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.document.LineDocument;
import dev.jiggety.document.RolloutDocument;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Line;
import dev.jiggety.model.Rollout;
import dev.jiggety.repository.HubFeed.Connection;
import dev.jiggety.repository.couch.Answers;
import dev.jiggety.repository.couch.ContinuousFeed;
import dev.jiggety.repository.couch.FeedPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The database of patches on a hub. */
public final class CouchPatchBoard implements PatchBoard {
  private static final String OPEN = "jiggety/open";
  private static final String PLACES = "jiggety/places";
  private static final String AUDIT = "audit:";
  private static final JsonElement AFTER_EVERYTHING = new JsonObject();

  private final HubDatabase patches;
  private final Records records;
  private final Checkpoint checkpoint;

  /**
   * The patches of a hub; nothing is sent yet.
   *
   * @param names how its databases are called
   */
  public CouchPatchBoard(Hub hub, DatabaseNames names) {
    this.patches = hub.database(names.patches());
    this.records = new Records(patches);
    this.checkpoint = new Checkpoint(patches);
  }

  @Override
  public Optional<JsonObject> patch(String patchId) {
    String what = "read the patch " + patchId;
    Outcome<JsonObject> found = patches.get(Ids.patch(patchId));
    if (found instanceof Outcome.Missing<JsonObject>) {
      Answers.requireDatabase(patches, what);
      return Optional.empty();
    }
    return Optional.of(Answers.value(found, patches, what));
  }

  @Override
  public Optional<Rollout> rollout(String rolloutId) {
    return records
        .find(Ids.rollout(rolloutId), "read the rollout " + rolloutId)
        .map(document -> Records.read(RolloutDocument.TYPE, document, patches));
  }

  @Override
  public List<Rollout> open() {
    return rollouts(OPEN, JsonNull.INSTANCE, AFTER_EVERYTHING, it -> !it.state().isTerminal());
  }

  @Override
  public List<Rollout> ended(long from, long to) {
    return rollouts(
        PLACES,
        new JsonPrimitive(from),
        new JsonPrimitive(to),
        it ->
            it.state().isTerminal()
                && it.riders().stream().anyMatch(at -> at.seq() >= from && at.seq() <= to));
  }

  /** By a view; by all there are where the hub has no such view. */
  private List<Rollout> rollouts(
      String view, JsonElement from, JsonElement to, Predicate<Rollout> wanted) {
    String what = "read the rollouts";
    List<JsonObject> documents = new ArrayList<>();
    Outcome<Integer> rows = patches.eachDocument(view, from, to, documents::add);
    if (rows instanceof Outcome.Missing<Integer>) {
      documents.clear();
      rows =
          patches.eachRow(
              IdRange.startingWith(Ids.rollout("")),
              row -> Optional.ofNullable(row.document()).ifPresent(documents::add));
    }
    Answers.value(rows, patches, what);
    List<Rollout> rollouts = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (JsonObject document : documents) {
      Rollout rollout = Records.read(RolloutDocument.TYPE, document, patches);
      if (wanted.test(rollout) && !ids.contains(rollout.id())) {
        records.saw(document);
        ids.add(rollout.id());
        rollouts.add(rollout);
      }
    }
    return List.copyOf(rollouts);
  }

  @Override
  public void store(Rollout rollout) {
    records.put(RolloutDocument.TYPE.write(rollout), "write the rollout " + rollout.id());
  }

  @Override
  public Line line() {
    return records
        .find(Ids.line(), "read the places in the line")
        .map(document -> Records.read(LineDocument.TYPE, document, patches))
        .orElse(Line.EMPTY);
  }

  @Override
  public void store(Line line) {
    records.put(LineDocument.TYPE.write(line), "write the places in the line");
  }

  @Override
  public boolean isAnswered(String commandId) {
    Outcome<JsonObject> found = patches.get(Ids.answer(commandId));
    String what = "read the answer to the command " + commandId;
    if (found instanceof Outcome.Missing<JsonObject>) {
      Answers.requireDatabase(patches, what);
      return false;
    }
    Answers.value(found, patches, what);
    return true;
  }

  @Override
  public void answer(CommandAnswer answer) {
    records.create(AnswerDocument.TYPE.write(answer), "answer the command " + answer.command());
  }

  @Override
  public void keepBefore(String rolloutId, Configuration before) {
    records.create(
        BeforeDocument.TYPE.write(new Before(rolloutId, before)),
        "keep what was before the rollout " + rolloutId);
  }

  @Override
  public Optional<AuditEntry> lastAudit() {
    return lastAudits(1).stream().findFirst();
  }

  @Override
  public List<AuditEntry> lastAudits(int most) {
    IdRange last = IdRange.startingWith(AUDIT).backwards().limitedTo(most);
    List<DocumentRow> rows = Answers.value(patches.allDocs(last), patches, "read the audit log");
    return rows.stream()
        .flatMap(row -> Optional.ofNullable(row.document()).stream())
        .map(document -> Records.read(AuditDocument.TYPE, document, patches))
        .toList();
  }

  @Override
  public void append(AuditEntry entry) {
    records.putNew(AuditDocument.TYPE.write(entry), "write the audit log");
  }

  @Override
  public AutoCloseable follow(Intake intake) {
    JsonArray types = new JsonArray();
    types.add("patch");
    types.add("command");
    JsonObject among = new JsonObject();
    among.add("$in", types);
    JsonObject selector = new JsonObject();
    selector.add("type", among);
    var subject =
        new ContinuousFeed.Subject(
            "patches",
            patches,
            new ChangesFilter.Selector(selector),
            Feeds.HEARTBEAT,
            Feeds.BACKOFF);
    return ContinuousFeed.start(subject, new Follower(intake));
  }

  @Override
  public void takenIn(String documentId) {
    checkpoint.takenIn(documentId);
  }

  private final class Follower implements ContinuousFeed.Listener {
    private final Intake intake;

    Follower(Intake intake) {
      this.intake = intake;
    }

    @Override
    public Outcome<FeedPosition> begin() {
      return checkpoint.read();
    }

    @Override
    public void change(Change change, FeedPosition reached) {
      JsonObject document = change.document();
      boolean isPatch = change.id().startsWith(Ids.patch(""));
      boolean isCommand = change.id().startsWith(Ids.command(""));
      if (document == null || change.deleted() || !(isPatch || isCommand)) {
        checkpoint.passed(reached);
        return;
      }
      checkpoint.telling(change.id(), reached);
      if (isPatch) {
        intake.patch(document);
      } else {
        intake.command(document);
      }
    }

    @Override
    public void idle() {
      checkpoint.write();
    }

    @Override
    public void connection(Connection connection) {
      switch (connection) {
        case Connection.Connected() -> intake.connection(true, "");
        case Connection.Away away -> intake.connection(false, away.reason());
      }
    }
  }
}
