package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Contents;
import dev.jiggety.repository.HubException;

/** Documents that are written once and never changed. */
final class Once {
  private Once() {}

  /**
   * Writes a document; nothing happens when it is there already. Whether a write without an answer
   * was done is found out by reading.
   *
   * @param what is tried, as in "cannot hand in the patch"
   * @throws HubException of kind {@code REFUSED} where another one of that id stands there
   */
  static void put(HubDatabase database, JsonObject document, String what) {
    Outcome<String> put = database.put(document);
    if (!(put instanceof Outcome.Conflict<String>)
        && !(put instanceof Outcome.Unavailable<String>)) {
      Answers.value(put, database, what);
      return;
    }
    String id = document.get("_id").getAsString();
    boolean isThere =
        database.get(id) instanceof Outcome.Ok<JsonObject>(JsonObject standing)
            && Contents.of(standing).equals(Contents.of(document));
    if (isThere) {
      return;
    }
    if (put instanceof Outcome.Unavailable<String>) {
      throw Answers.failure(put, database, what);
    }
    throw new HubException(
        HubException.Kind.REFUSED,
        "cannot %s: the hub %s has another %s already; take another id"
            .formatted(what, database.hub().address(), id));
  }
}
