package dev.jiggety.agent.manager.couch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.agent.manager.StaleException;
import dev.jiggety.couch.BulkRow;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Contents;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.couch.Answers;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Documents that are written by compare-and-swap on the revision that was seen last. Whether a
 * write without an answer was done is found out by reading: what says the same is our own. For one
 * thread.
 */
final class Records {
  private static final int MOST_REMEMBERED = 20_000;
  private static final String REV = "_rev";

  private final HubDatabase database;

  /** By document; the one that was used longest ago is forgotten first. */
  private final Map<String, Seen> seen = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * What is known of a document.
   *
   * @param rev the revision that was seen last; null for none
   * @param doubtful digests of what was written since without an answer
   */
  private record Seen(@Nullable String rev, Set<String> doubtful) {
    static final Seen NOTHING = new Seen(null, Set.of());

    Seen orPerhaps(String digest) {
      Set<String> more = new TreeSet<>(doubtful);
      more.add(digest);
      return new Seen(rev, more);
    }
  }

  Records(HubDatabase database) {
    this.database = database;
  }

  /** A document as it stands, whose revision counts as seen; empty where there is none. */
  Optional<JsonObject> find(String id, String what) {
    Optional<JsonObject> found = Answers.find(database, id, what);
    found.ifPresent(this::saw);
    return found;
  }

  /** That revision of a document counts as seen; null for that there is none. */
  void saw(String id, @Nullable String rev) {
    seen.put(id, new Seen(rev, Set.of()));
  }

  /** Whether it was looked at. */
  boolean isSeen(String id) {
    return seen.containsKey(id);
  }

  /** The revision of a document that came another way counts as seen. */
  void saw(JsonObject document) {
    remember(document.get("_id").getAsString(), rev(document));
  }

  /**
   * Writes a document in the place of the revision that was seen last.
   *
   * @throws StaleException when another one stands there
   * @throws HubException when it is not known to be written; writing it, or a later state, again is
   *     right
   */
  void put(JsonObject document, String what) {
    Outcome<String> outcome = database.put(next(document));
    if (!isDone(outcome, document, what)) {
      // What stands there is ours, written without an answer: now its revision is known.
      outcome = database.put(next(document));
      if (!isDone(outcome, document, what)) {
        throw new StaleException(
            document.get("_id").getAsString() + " was written by somebody else in between");
      }
    }
  }

  /**
   * Writes several in one request, each in the place of the revision that was seen last; where that
   * fails, some of them may be written.
   *
   * @throws StaleException when another one stands in the place of one of them
   * @throws HubException when it is not known; writing them again is right
   */
  void putAll(List<JsonObject> documents, String what) {
    Map<String, BulkRow> rows = new HashMap<>();
    database
        .bulkDocs(documents.stream().map(this::next).toList(), true)
        .ok()
        .ifPresent(all -> all.forEach(row -> rows.put(row.id(), row)));
    for (JsonObject document : documents) {
      String id = document.get("_id").getAsString();
      BulkRow row = rows.get(id);
      if (row != null && row.isOk()) {
        remember(id, row.rev());
      } else {
        put(document, what); // finds out one by one what became of it
      }
    }
  }

  /** It as the successor of what was seen last. */
  private JsonObject next(JsonObject document) {
    Seen last = seen.getOrDefault(document.get("_id").getAsString(), Seen.NOTHING);
    JsonObject next = document.deepCopy();
    next.remove(REV);
    if (last.rev() != null) {
      next.addProperty(REV, last.rev());
    }
    return next;
  }

  /**
   * Whether it stands there now.
   *
   * @return false when what stands there is an earlier write of ours, whose revision is known now
   */
  private boolean isDone(Outcome<String> outcome, JsonObject document, String what) {
    String id = document.get("_id").getAsString();
    if (outcome instanceof Outcome.Ok<String>(String rev)) {
      remember(id, rev);
      return true;
    }
    boolean conflict = mayBeConflict(outcome);
    if (!conflict && !(outcome instanceof Outcome.Unavailable<String>)) {
      throw Answers.failure(outcome, database, what);
    }
    String digest = Contents.of(document).digest();
    Seen last = seen.getOrDefault(id, Seen.NOTHING);
    if (!conflict) {
      last = last.orPerhaps(digest);
      seen.put(id, last);
    }
    Outcome<JsonObject> found = database.get(id);
    if (!(found instanceof Outcome.Ok<JsonObject>(JsonObject there))) {
      // Gone, while we have seen one: so it is somebody else's again.
      if (outcome instanceof Outcome.Conflict<String>) {
        if (found instanceof Outcome.Missing<JsonObject>) {
          throw new StaleException(id + " was removed by somebody else");
        }
        throw Answers.failure(found, database, what);
      }
      throw Answers.failure(outcome, database, what);
    }
    String standing = Contents.of(there).digest();
    if (standing.equals(digest)) {
      saw(there);
      return true;
    }
    if (conflict && last.doubtful().contains(standing)) {
      saw(there);
      return false;
    }
    if (rev(there).equals(last.rev())) {
      throw Answers.failure(outcome, database, what); // as it was: nothing arrived yet
    }
    throw new StaleException(id + " was written by somebody else in between");
  }

  /** Where the rules of a database are asked first, they may refuse what is a conflict as well. */
  static boolean mayBeConflict(Outcome<String> outcome) {
    return outcome instanceof Outcome.Conflict<String>
        || (outcome instanceof Outcome.Refused<String> refused && refused.isForbidden());
  }

  private void remember(String id, String rev) {
    seen.put(id, new Seen(rev, Set.of()));
    if (seen.size() > MOST_REMEMBERED) {
      seen.remove(seen.keySet().iterator().next());
    }
  }

  private static String rev(JsonObject document) {
    JsonElement rev = document.get(REV);
    return rev == null ? "" : rev.getAsString();
  }
}
