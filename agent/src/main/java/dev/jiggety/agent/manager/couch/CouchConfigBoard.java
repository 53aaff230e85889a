package dev.jiggety.agent.manager.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.agent.manager.ConfigBoard;
import dev.jiggety.agent.manager.StaleException;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Candidate;
import dev.jiggety.document.CandidateDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Configuration;
import dev.jiggety.repository.couch.Answers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The database of the configuration on a hub. */
public final class CouchConfigBoard implements ConfigBoard {
  private static final String CONFLICTS = "_conflicts";
  private static final String REV = "_rev";

  private final HubDatabase config;
  private final Records records;
  private final ConfirmedDocuments confirmed;
  private final Conflicts conflicts;

  /** The digest of the candidate that is there; null for not known. */
  private @Nullable String candidateThere;

  /** The head's revision that was seen or written last; null for none. */
  private @Nullable String headRev;

  private boolean headIsKnown;

  /**
   * The configuration of a hub; nothing is sent yet.
   *
   * @param names how its databases are called
   */
  public CouchConfigBoard(Hub hub, DatabaseNames names) {
    this.config = hub.database(names.config());
    this.records = new Records(config);
    this.confirmed = new ConfirmedDocuments(config);
    this.conflicts = new Conflicts(config);
  }

  @Override
  public FoundHead head() {
    if (!headIsKnown) {
      seeCandidate();
    }
    JsonObject head = readHead();
    if (headIsKnown && !Objects.equals(rev(head), headRev)) {
      // Another manager: the candidate is looked at before the head, so that one which comes
      // after this head is noticed as somebody else's.
      seeCandidate();
      head = readHead();
    }
    headIsKnown = true;
    headRev = rev(head);
    String place = config.hub().addresses().size() > 1 ? config.hub().address().toString() : "";
    return new FoundHead(head, head != null && !isNewest(head), place);
  }

  /** The head; of conflicting revisions the newest, where there is one. */
  private @Nullable JsonObject readHead() {
    List<JsonObject> found =
        Answers.value(config.getAll(List.of(Ids.head())), config, "read the head");
    if (found.isEmpty()) {
      return null;
    }
    JsonObject winner = found.getFirst();
    return winner.has(CONFLICTS) ? conflicts.newestHead(winner) : winner;
  }

  private static boolean isNewest(JsonObject head) {
    return !head.has(CONFLICTS) || head.has(Conflicts.NEWEST);
  }

  /** Which candidate is to be replaced by the next one; only its revision, for it can be large. */
  private void seeCandidate() {
    IdRange only = IdRange.between(Ids.candidate(), Ids.candidate()).idsOnly();
    List<DocumentRow> rows = Answers.value(config.allDocs(only), config, "read the candidate");
    records.saw(Ids.candidate(), rows.isEmpty() ? null : rows.getFirst().rev());
    candidateThere = null;
  }

  @Override
  public boolean swap(JsonObject signed, FoundHead found) {
    JsonObject next = signed.deepCopy();
    next.remove(REV);
    next.remove(Conflicts.NEWEST);
    JsonObject before = found.document();
    if (before != null) {
      next.add(REV, before.get(REV));
    }
    Outcome<String> put = config.put(next);
    String rev = put instanceof Outcome.Ok<String>(String now) ? now : written(signed, before, put);
    if (rev == null) {
      return false;
    }
    headIsKnown = true;
    headRev = rev;
    if (before != null && before.get(CONFLICTS) instanceof JsonArray losers) {
      // One that cannot be removed now is seen again by the next head().
      losers.forEach(loser -> config.delete(Ids.head(), loser.getAsString()));
    }
    return true;
  }

  /**
   * Looks whether a head was written although the hub did not say so.
   *
   * @return its revision; null when another one stands there
   */
  private @Nullable String written(
      JsonObject signed, @Nullable JsonObject before, Outcome<String> put) {
    if (!Records.mayBeConflict(put) && !(put instanceof Outcome.Unavailable<String>)) {
      throw Answers.failure(put, config, "write the head");
    }
    Outcome<JsonObject> there = config.get(Ids.head());
    if (there instanceof Outcome.Ok<JsonObject>(JsonObject standing)) {
      String rev = standing.get(REV).getAsString();
      if (Contents.of(standing).equals(Contents.of(signed))) {
        return rev;
      }
      if (before != null && rev.equals(before.get(REV).getAsString())) {
        throw Answers.failure(put, config, "write the head"); // as it was: nothing arrived yet
      }
      return null;
    }
    if (there instanceof Outcome.Missing<JsonObject> && put instanceof Outcome.Conflict<String>) {
      return null;
    }
    throw Answers.failure(
        put instanceof Outcome.Conflict<String> ? there : put, config, "write the head");
  }

  @Override
  public Configuration confirmed() {
    return confirmed.read();
  }

  @Override
  public void candidate(Candidate candidate) {
    if (!records.isSeen(Ids.candidate())) {
      seeCandidate();
    }
    if (candidateThere == null) {
      candidateThere = candidateDocument().map(CouchConfigBoard::digest).orElse("");
    }
    JsonObject document = CandidateDocument.TYPE.write(candidate);
    if (!digest(document).equals(candidateThere)) {
      candidateThere = null;
      try {
        records.put(document, "write the candidate");
      } catch (StaleException e) {
        headIsKnown = false; // looked at again before the next head, even if that is ours
        throw e;
      }
      candidateThere = digest(document);
    }
  }

  @Override
  public @Nullable Candidate candidate() {
    return candidateDocument()
        .map(document -> Answers.read(CandidateDocument.TYPE, document, config))
        .orElse(null);
  }

  private Optional<JsonObject> candidateDocument() {
    return Answers.find(config, Ids.candidate(), "read the candidate");
  }

  @Override
  public boolean mend(Configuration shall) {
    Set<String> torn = conflicts.look();
    if (torn.isEmpty()) {
      return false;
    }
    boolean isHeadTorn = torn.remove(Ids.head());
    if (!torn.isEmpty() && !isHeadTorn) { // a head that is torn comes first
      confirm(shall);
      conflicts.drop(torn);
    }
    return isHeadTorn;
  }

  @Override
  public void confirm(Configuration shall) {
    confirmed.confirm(shall, rev -> !headIsKnown || Objects.equals(rev, headRev));
  }

  private static String digest(JsonObject document) {
    return Contents.of(document).digest();
  }

  private static @Nullable String rev(@Nullable JsonObject document) {
    return document == null ? null : document.get(REV).getAsString();
  }
}
