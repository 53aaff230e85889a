package dev.jiggety.repository.couch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Stored;
import java.util.Objects;
import java.util.Optional;

/** Writes a document in the place of the one that was read; nothing of somebody else's is lost. */
final class Swap {
  private static final String REV = "_rev";

  private Swap() {}

  /**
   * Writes it.
   *
   * @param value what the document says
   * @param document with the revision that it is to replace; without one for a new document
   * @param what for the message of an error
   * @return it as it stands; empty when somebody else has changed it meanwhile
   * @throws dev.jiggety.repository.HubException when it is not known to be written
   */
  static <T> Optional<Stored<T>> put(
      HubDatabase database, T value, JsonObject document, String what) {
    JsonElement before = document.get(REV);
    Outcome<String> put = database.put(document);
    if (put instanceof Outcome.Ok<String>(String rev)) {
      document.addProperty(REV, rev);
      return Optional.of(new Stored<>(value, rev, document));
    }
    if (put instanceof Outcome.Missing<String>) {
      throw Answers.failure(put, database, what);
    }
    // A conflict; or no answer, though it was stored; or a rule that knows of another manager.
    Outcome<JsonObject> found = database.get(document.get("_id").getAsString());
    if (found instanceof Outcome.Ok<JsonObject>(JsonObject standing)) {
      if (Contents.of(standing).equals(Contents.of(document))) {
        return Optional.of(new Stored<>(value, standing.get(REV).getAsString(), standing));
      }
      if (!Objects.equals(standing.get(REV), before)) {
        return Optional.empty();
      }
    }
    throw Answers.failure(put, database, what);
  }
}
