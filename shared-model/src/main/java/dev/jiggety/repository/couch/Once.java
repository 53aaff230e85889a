package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Contents;
import dev.jiggety.repository.HubException;

/** Documents that are written once and never changed. */
public final class Once {
  private Once() {}

  /**
   * Writes a document; nothing happens when it is there already. Whether a write without an answer
   * was done is found out by reading.
   *
   * @param what is tried, as in "cannot hand in the patch"
   * @return false where another one of that id stands there
   * @throws HubException when it is not known to be written; writing it again is right
   */
  public static boolean put(HubDatabase database, JsonObject document, String what) {
    Outcome<String> put = database.put(document);
    if (put.isOk() || put instanceof Outcome.Missing<String>) {
      Answers.value(put, database, what);
      return true;
    }
    // A conflict; or no answer; or a rule that nothing is changed, where rules are asked first.
    Outcome<JsonObject> found = database.get(document.get("_id").getAsString());
    if (found instanceof Outcome.Ok<JsonObject>(JsonObject standing)) {
      return Contents.of(standing).equals(Contents.of(document));
    }
    throw Answers.failure(put, database, what);
  }
}
