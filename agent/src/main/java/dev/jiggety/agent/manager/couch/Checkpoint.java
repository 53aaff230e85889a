package dev.jiggety.agent.manager.couch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.repository.couch.FeedPosition;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Up to where patches and commands are taken in, in a local document of the hub's database, so that
 * a manager on another machine goes on there. It is an abbreviation: without it, or with an old
 * one, more is told again. Safe for any thread.
 */
final class Checkpoint {
  /** Shared by all managers of an installation. */
  private static final String ID = "jiggety-manager-intake";

  private static final String SEQ = "seq";
  private static final String INSTANCE = "instance";

  private final HubDatabase patches;
  private final Map<String, Told> told = new LinkedHashMap<>();
  private FeedPosition reached = FeedPosition.START;
  private FeedPosition written = FeedPosition.START;
  private String rev = "";

  private record Told(FeedPosition at, boolean takenIn) {}

  Checkpoint(HubDatabase patches) {
    this.patches = patches;
  }

  /** Where to begin. */
  Outcome<FeedPosition> read() {
    Outcome<JsonObject> found = patches.getLocal(ID);
    if (found instanceof Outcome.Missing<JsonObject>) {
      return new Outcome.Ok<>(FeedPosition.START);
    }
    return found.map(this::begin);
  }

  private synchronized FeedPosition begin(JsonObject document) {
    rev = text(document, "_rev");
    reached = new FeedPosition(text(document, SEQ), text(document, INSTANCE));
    written = reached;
    return reached;
  }

  /** The feed got so far with that document, which is about to be told. */
  synchronized void telling(String id, FeedPosition at) {
    told.remove(id);
    told.put(id, new Told(at, false));
  }

  /** The feed got so far with something that nobody has to take in. */
  synchronized void passed(FeedPosition at) {
    if (told.isEmpty()) {
      reached = at;
    }
  }

  /** That document needs not be told again. */
  synchronized void takenIn(String id) {
    told.computeIfPresent(id, (same, was) -> new Told(was.at(), true));
    var oldest = told.values().iterator();
    while (oldest.hasNext()) {
      Told next = oldest.next();
      if (!next.takenIn()) {
        return;
      }
      reached = next.at();
      oldest.remove();
    }
  }

  /** Writes it down if it has moved; a failure is no harm. Called by the feed's thread alone. */
  void write() {
    JsonObject document = new JsonObject();
    FeedPosition now;
    synchronized (this) {
      now = reached;
      if (now.equals(written)) {
        return;
      }
      document.addProperty(SEQ, now.seq());
      document.addProperty(INSTANCE, now.instance());
      if (!rev.isEmpty()) {
        document.addProperty("_rev", rev);
      }
    }
    Outcome<String> put = patches.putLocal(ID, document);
    synchronized (this) {
      if (put instanceof Outcome.Ok<String>(String next)) {
        rev = next;
        written = now;
        return;
      }
    }
    if (put instanceof Outcome.Conflict<String>) {
      patches.getLocal(ID).ok().ifPresent(this::adoptRevision);
    }
  }

  private synchronized void adoptRevision(JsonObject document) {
    rev = text(document, "_rev");
  }

  private static String text(JsonObject document, String name) {
    JsonElement value = document.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }
}
