package dev.jiggety.agent.manager.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.Changes;
import dev.jiggety.couch.ChangesRequest;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.Fetched;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.model.Head;
import dev.jiggety.repository.couch.Answers;
import dev.jiggety.repository.couch.FeedPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Documents of the configuration with conflicting revisions: two hubs that could not hear each
 * other each had one written. For one thread.
 */
final class Conflicts {
  /** Marks a head with conflicting revisions which is the newest of them. */
  static final String NEWEST = "_newest";

  private static final String CONFLICTS = "_conflicts";
  private static final String REV = "_rev";
  private static final int PAGE = 1_000;

  private final HubDatabase config;
  private final Set<String> suspects = new TreeSet<>();
  private FeedPosition position = FeedPosition.START;

  Conflicts(HubDatabase config) {
    this.config = config;
  }

  /** The ids of documents with conflicting revisions. */
  Set<String> look() {
    DatabaseInfo info = Answers.value(config.info(), config, "look for conflicts");
    if (!position.fits(info)) {
      position = new FeedPosition(FeedPosition.START.seq(), info.instanceStartTime());
      suspects.clear();
    }
    for (boolean isMore = true; isMore; ) {
      ChangesRequest request = ChangesRequest.since(position.seq()).withAllLeaves().limitedTo(PAGE);
      Changes changes = Answers.value(config.changes(request), config, "look for conflicts");
      changes.results().forEach(this::suspect);
      position = new FeedPosition(changes.lastSeq(), position.instance());
      isMore = changes.results().size() == PAGE;
    }
    Set<String> torn = new TreeSet<>();
    documents(suspects).forEach(it -> torn.add(it.get("_id").getAsString()));
    suspects.retainAll(torn);
    return torn;
  }

  /** Among the leaves can be tombstones, so it has to be looked at. */
  private void suspect(Change change) {
    if (change.revs().size() > 1) {
      suspects.add(change.id());
    }
  }

  /** Drops all revisions but the winning ones; what cannot be dropped now is found again. */
  void drop(Set<String> ids) {
    for (JsonObject document : documents(ids)) {
      for (JsonElement loser : document.getAsJsonArray(CONFLICTS)) {
        config.delete(document.get("_id").getAsString(), loser.getAsString());
      }
    }
  }

  private List<JsonObject> documents(Set<String> ids) {
    return ids.isEmpty()
        ? List.of()
        : Answers.value(config.getAll(List.copyOf(ids)), config, "look for conflicts").stream()
            .filter(document -> document.has(CONFLICTS))
            .toList();
  }

  /**
   * Of the conflicting revisions of the head that of the highest epoch: whoever took over last knew
   * that. Names the others as its conflicts, and is marked where it is the only one of its epoch;
   * otherwise the winner is given back as it is, for people to decide.
   *
   * @param winner with the names of the other revisions
   */
  JsonObject newestHead(JsonObject winner) {
    List<String> revs = new ArrayList<>();
    revs.add(winner.get(REV).getAsString());
    winner.getAsJsonArray(CONFLICTS).forEach(rev -> revs.add(rev.getAsString()));
    String id = winner.get("_id").getAsString();
    JsonObject newest = null;
    long epoch = -1;
    boolean isAlone = false;
    for (Fetched fetched : Answers.value(config.getOpenRevs(id, revs), config, "read the head")) {
      Head head = fetched instanceof Fetched.Found found ? read(found.document()) : null;
      if (head == null) {
        return winner;
      }
      if (head.epoch() > epoch) {
        newest = ((Fetched.Found) fetched).document();
        epoch = head.epoch();
        isAlone = true;
      } else if (head.epoch() == epoch) {
        isAlone = false;
      }
    }
    return newest == null || !isAlone ? winner : marked(newest, revs);
  }

  private static @Nullable Head read(JsonObject document) {
    try {
      return HeadDocument.TYPE.read(document);
    } catch (DocumentException e) {
      return null;
    }
  }

  private static JsonObject marked(JsonObject newest, List<String> revs) {
    JsonObject head = newest.deepCopy();
    head.remove("_revisions");
    JsonArray others = new JsonArray();
    revs.stream().filter(rev -> !rev.equals(head.get(REV).getAsString())).forEach(others::add);
    head.add(CONFLICTS, others);
    head.addProperty(NEWEST, true);
    return head;
  }
}
