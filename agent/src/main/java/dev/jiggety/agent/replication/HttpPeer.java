package dev.jiggety.agent.replication;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.MissingRevisions;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.couch.BulkRow;
import dev.jiggety.couch.Changes;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.couch.DocumentRef;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A database of a hub as a peer: CouchDB, the embedded hub, or whatever speaks their HTTP API. */
public final class HttpPeer implements Peer {
  /** Refusals of a whole batch for which a single document may be the reason. */
  private static final Set<Integer> BAD_BATCH = Set.of(400, 412, 413, 415);

  private static final int TOO_LARGE = 413;

  private static final String MISSING_STUB = "missing_stub";

  private final HubDatabase database;
  private final HttpAttachments attachments;
  private final String identity;

  /** A peer for this database, whether it is there or not. */
  public HttpPeer(HubDatabase database) {
    this.database = database;
    this.attachments = new HttpAttachments(database, this);
    this.identity = database.hub().address() + "/" + database.name();
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public PeerInfo info() {
    var info = need(database.info());
    return new PeerInfo(info.instanceStartTime(), new JsonPrimitive(info.updateSeq()));
  }

  @Override
  public Optional<JsonObject> local(String id) {
    var outcome = database.getLocal(id);
    return outcome instanceof Outcome.Missing<JsonObject>
        ? Optional.empty()
        : Optional.of(need(outcome));
  }

  @Override
  public String putLocal(String id, JsonObject document) {
    return need(database.putLocal(id, document));
  }

  @Override
  public String filterCode(ChangesFilter filter) {
    return FilterCode.read(
        filter,
        identity,
        id -> {
          var outcome = database.get(id);
          return outcome instanceof Outcome.Missing<JsonObject>
              ? Optional.empty()
              : Optional.of(need(outcome));
        });
  }

  @Override
  public ChangesPage changes(ChangesRequest request) {
    var question =
        dev.jiggety.couch.ChangesRequest.since(request.since().getAsString())
            .withAllLeaves()
            .limitedTo(request.limit())
            .filtered(request.filter());
    if (request.patience().isPositive()) {
      question = question.waiting(request.patience());
    }
    return page(need(database.changes(question)));
  }

  private ChangesPage page(Changes changes) {
    var rows = new ArrayList<ChangesPage.Row>(changes.results().size());
    for (var change : changes.results()) {
      var seq = change.seq().isEmpty() ? null : new JsonPrimitive(change.seq());
      var leaves = new ArrayList<Revision>(change.revs().size());
      for (var rev : change.revs()) {
        leaves.add(revision(rev));
      }
      rows.add(new ChangesPage.Row(seq, change.id(), leaves));
    }
    return new ChangesPage(rows, new JsonPrimitive(changes.lastSeq()), changes.pending());
  }

  @Override
  public Map<String, MissingRevisions> revsDiff(Map<String, List<Revision>> revisions) {
    var question = new JsonObject();
    revisions.forEach((id, revs) -> question.add(id, texts(revs)));
    var answer = need(database.revsDiff(question));
    var missing = new LinkedHashMap<String, MissingRevisions>();
    for (var entry : answer.entrySet()) {
      if (entry.getValue() instanceof JsonObject lacks) {
        var revs = revisions(lacks.get("missing"));
        if (!revs.isEmpty()) {
          missing.put(
              entry.getKey(),
              new MissingRevisions(revs, revisions(lacks.get("possible_ancestors"))));
        }
      }
    }
    return missing;
  }

  @Override
  public Fetched fetch(List<WantedRevisions> wanted, long maxBytes) {
    var stubbed = fetched(wanted, need(database.bulkGetStubs(refs(wanted))));
    return stubbed.documents().stream().anyMatch(HttpAttachments::has)
        ? attachments.complete(wanted, stubbed, maxBytes)
        : stubbed;
  }

  /** The same with the contents of attachments in the documents, whatever their size. */
  Fetched fetchInline(List<WantedRevisions> wanted) {
    return fetched(wanted, need(database.bulkGetText(refs(wanted))));
  }

  private static List<DocumentRef> refs(List<WantedRevisions> wanted) {
    var refs = new ArrayList<DocumentRef>(wanted.size());
    for (var one : wanted) {
      for (var rev : one.revs()) {
        refs.add(new DocumentRef(one.id(), rev.toString()));
      }
    }
    return refs;
  }

  private Fetched fetched(List<WantedRevisions> wanted, String text) {
    var failures = new ArrayList<RevisionFailure>();
    var answer = readBulk(text);
    var documents = answer.documents();
    for (var absent : answer.absent()) {
      if (!absent.rev().isEmpty()) {
        failures.add(
            new RevisionFailure(
                absent.id(), revision(absent.rev()), absent.error(), absent.reason()));
      }
    }
    addUnanswered(wanted, documents, failures);
    return new Fetched(documents, failures, List.of(), bytes(documents));
  }

  private BulkGetAnswer readBulk(String text) {
    try {
      return BulkGetAnswer.read(text);
    } catch (JsonParseException | IllegalArgumentException e) {
      throw new PeerException(
          PeerException.Kind.UNAVAILABLE, identity, "the answer to _bulk_get is none");
    }
  }

  /** What the server does not mention at all has failed too. */
  private static void addUnanswered(
      List<WantedRevisions> wanted, List<WireDocument> documents, List<RevisionFailure> failures) {
    if (isExactly(wanted, documents)) {
      return;
    }
    var answered = new HashMap<String, List<WireDocument>>();
    documents.forEach(d -> answered.computeIfAbsent(d.id(), id -> new ArrayList<>()).add(d));
    var failed = new HashSet<DocumentRef>();
    failures.forEach(f -> failed.add(new DocumentRef(f.id(), f.rev().toString())));
    for (var one : wanted) {
      for (var rev : one.revs()) {
        var found = answered.getOrDefault(one.id(), List.of());
        if (found.stream().noneMatch(document -> answers(document, rev))
            && !failed.contains(new DocumentRef(one.id(), rev.toString()))) {
          failures.add(
              new RevisionFailure(one.id(), rev, "not_found", "the server did not mention it"));
        }
      }
    }
  }

  /** Whether what came is what was asked for, one revision each and in that order: the rule. */
  private static boolean isExactly(List<WantedRevisions> wanted, List<WireDocument> documents) {
    if (wanted.size() != documents.size()) {
      return false;
    }
    for (var i = 0; i < wanted.size(); i++) {
      var one = wanted.get(i);
      var document = documents.get(i);
      if (one.revs().size() != 1
          || !one.revs().getFirst().equals(document.rev())
          || !one.id().equals(document.id())) {
        return false;
      }
    }
    return true;
  }

  /** Whether the document is this revision, or may have grown out of it. */
  private static boolean answers(WireDocument document, Revision rev) {
    if (document.rev().equals(rev)) {
      return true;
    }
    var generations = document.rev().generation() - rev.generation();
    if (generations <= 0
        || !(document.json().get("_revisions") instanceof JsonObject revisions)
        || !(revisions.get("ids") instanceof JsonArray ids)) {
      return false;
    }
    // A history that was cut short before it comes down to that generation says nothing.
    return ids.size() <= generations || ids.get(generations).getAsString().equals(rev.hash());
  }

  private static long bytes(List<WireDocument> documents) {
    var bytes = 0L;
    for (var document : documents) {
      bytes += document.length();
    }
    return bytes;
  }

  @Override
  public StoreAnswer store(List<WireDocument> documents) {
    var plain = documents.stream().filter(each -> each.following().isEmpty()).toList();
    var answer = plain.isEmpty() ? new StoreAnswer.Taken(List.of()) : storePlain(plain);
    if (!(answer instanceof StoreAnswer.Taken(var refused)) || plain.size() == documents.size()) {
      return answer;
    }
    // Once the others are through: what is refused as a whole comes again in halves.
    var failures = new ArrayList<>(refused);
    documents.stream()
        .filter(each -> !each.following().isEmpty())
        .forEach(each -> attachments.put(each).ifPresent(failures::add));
    return new StoreAnswer.Taken(failures);
  }

  private StoreAnswer storePlain(List<WireDocument> documents) {
    var outcome = database.bulkTexts(documents.stream().map(WireDocument::text).toList());
    if (outcome instanceof Outcome.Refused<List<BulkRow>>(int status, var error, var reason)
        && BAD_BATCH.contains(status)) {
      return refused(documents, new StoreAnswer.Refused(status == TOO_LARGE, error, reason));
    }
    var failures = new ArrayList<RevisionFailure>();
    for (var row : need(outcome)) {
      if (!row.isOk()) {
        // A row names the document but not always the revision.
        documents.stream()
            .filter(document -> document.id().equals(row.id()))
            .filter(d -> row.rev().isEmpty() || d.rev().toString().equals(row.rev()))
            .forEach(d -> refused(d, row).ifPresent(failures::add));
      }
    }
    return new StoreAnswer.Taken(failures);
  }

  /** What lacks an attachment that a stub refers to is sent once more with all of them. */
  private StoreAnswer refused(List<WireDocument> documents, StoreAnswer.Refused refused) {
    if (documents.size() > 1 || !refused.error().equals(MISSING_STUB)) {
      return refused;
    }
    return documents.getFirst().whole().map(each -> store(List.of(each))).orElse(refused);
  }

  private Optional<RevisionFailure> refused(WireDocument document, BulkRow row) {
    var whole =
        row.error().equals(MISSING_STUB) ? document.whole() : Optional.<WireDocument>empty();
    if (whole.isPresent() && store(List.of(whole.get())) instanceof StoreAnswer.Taken(var more)) {
      return more.stream().findFirst();
    }
    return Optional.of(
        new RevisionFailure(document.id(), document.rev(), row.error(), row.reason()));
  }

  <T> T need(Outcome<T> outcome) {
    if (outcome instanceof Outcome.Ok<T>(T value)) {
      return value;
    }
    throw failed(outcome);
  }

  /** What an outcome that is not good means for a replication. */
  PeerException failed(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Conflict<?> _ -> failure(PeerException.Kind.CONFLICT, outcome);
      case Outcome.Missing<?> _ -> failure(PeerException.Kind.MISSING, outcome);
      case Outcome.Refused<?> refused ->
          failure(
              refused.isUnauthorized() || refused.isForbidden()
                  ? PeerException.Kind.DENIED
                  : PeerException.Kind.REFUSED,
              outcome);
      case Outcome.Unavailable<?>(String reason, var retryAfter) ->
          new PeerException(PeerException.Kind.UNAVAILABLE, identity, reason, retryAfter);
      case Outcome.Ok<?> _ -> throw new IllegalArgumentException("nothing failed");
    };
  }

  private PeerException failure(PeerException.Kind kind, Outcome<?> outcome) {
    return new PeerException(kind, identity, outcome.inWords());
  }

  private Revision revision(String text) {
    try {
      return Revision.parse(text);
    } catch (IllegalArgumentException e) {
      throw new PeerException(
          PeerException.Kind.REFUSED, identity, "\"" + text + "\" is not a revision");
    }
  }

  private List<Revision> revisions(JsonElement array) {
    var revs = new ArrayList<Revision>();
    if (array instanceof JsonArray items) {
      items.forEach(item -> revs.add(revision(item.getAsString())));
    }
    return revs;
  }

  private static JsonArray texts(List<Revision> revs) {
    var array = new JsonArray(revs.size());
    revs.forEach(rev -> array.add(rev.toString()));
    return array;
  }
}
