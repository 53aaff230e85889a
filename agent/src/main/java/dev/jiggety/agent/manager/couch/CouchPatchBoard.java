package dev.jiggety.agent.manager.couch;

import com.google.gson.JsonObject;
import dev.jiggety.agent.manager.PatchBoard;
import dev.jiggety.agent.manager.StaleException;
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
import dev.jiggety.repository.couch.Once;
import dev.jiggety.repository.couch.RolloutRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The database of patches on a hub. */
public final class CouchPatchBoard implements PatchBoard {
  private static final String AUDIT = "audit:";

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
    return Answers.find(patches, Ids.patch(patchId), "read the patch " + patchId);
  }

  @Override
  public Optional<Rollout> rollout(String rolloutId) {
    return records
        .find(Ids.rollout(rolloutId), "read the rollout " + rolloutId)
        .map(document -> Answers.read(RolloutDocument.TYPE, document, patches));
  }

  @Override
  public List<Rollout> open() {
    List<JsonObject> documents = new ArrayList<>();
    Outcome<Integer> read = RolloutRows.open(patches, documents::add);
    Answers.value(read, patches, "read the rollouts");
    documents.forEach(records::saw);
    return rollouts(documents, it -> !it.state().isTerminal());
  }

  @Override
  public List<Rollout> ended(long from, long to) {
    if (from > to) {
      return List.of(); // a hub refuses a range that ends before it begins
    }
    List<JsonObject> documents = new ArrayList<>();
    Outcome<Integer> read = RolloutRows.ended(patches, from, to, documents::add);
    Answers.value(read, patches, "read the rollouts");
    return rollouts(
        documents,
        it ->
            it.state().isTerminal()
                && it.riders().stream().anyMatch(at -> at.seq() >= from && at.seq() <= to));
  }

  private List<Rollout> rollouts(List<JsonObject> documents, Predicate<Rollout> wanted) {
    Map<String, Rollout> rollouts = new LinkedHashMap<>();
    for (JsonObject document : documents) {
      Rollout rollout = Answers.read(RolloutDocument.TYPE, document, patches);
      if (wanted.test(rollout)) {
        rollouts.put(rollout.id(), rollout);
      }
    }
    return List.copyOf(rollouts.values());
  }

  @Override
  public void store(Rollout rollout) {
    records.put(RolloutDocument.TYPE.write(rollout), "write the rollout " + rollout.id());
  }

  @Override
  public void storeAll(List<Rollout> rollouts) {
    records.putAll(rollouts.stream().map(RolloutDocument.TYPE::write).toList(), "write rollouts");
  }

  @Override
  public List<Rollout> rollouts(Collection<String> rolloutIds) {
    List<String> ids = rolloutIds.stream().map(Ids::rollout).toList();
    List<JsonObject> documents =
        ids.isEmpty()
            ? List.of()
            : Answers.value(patches.getAll(ids), patches, "read the rollouts");
    return rollouts(documents, it -> true);
  }

  @Override
  public Line line() {
    return records
        .find(Ids.line(), "read the places in the line")
        .map(document -> Answers.read(LineDocument.TYPE, document, patches))
        .orElse(Line.EMPTY);
  }

  @Override
  public void store(Line line) {
    records.put(LineDocument.TYPE.write(line), "write the places in the line");
  }

  @Override
  public boolean isAnswered(String commandId) {
    String what = "read the answer to the command " + commandId;
    return Answers.find(patches, Ids.answer(commandId), what).isPresent();
  }

  @Override
  public void answer(CommandAnswer answer) {
    Once.put(patches, AnswerDocument.TYPE.write(answer), "answer the command " + answer.command());
  }

  @Override
  public void keepBefore(String rolloutId, Configuration before) {
    Once.put(
        patches,
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
        .map(document -> Answers.read(AuditDocument.TYPE, document, patches))
        .toList();
  }

  @Override
  public void append(AuditEntry entry) {
    if (!Once.put(patches, AuditDocument.TYPE.write(entry), "write the audit log")) {
      throw new StaleException(
          "somebody else wrote number " + entry.number() + " of the audit log");
    }
  }

  @Override
  public AutoCloseable follow(Intake intake) {
    var subject =
        new ContinuousFeed.Subject(
            "patches",
            patches,
            ChangesFilter.ofTypes("patch", "command"),
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
