package dev.jiggety.couch;

import com.google.gson.JsonObject;
import java.util.List;
import org.apache.http.client.methods.HttpGet;

/**
 * Whether one hub has what another one has. Changes are replicated in the order of the feed, so it
 * is enough to look for the newest ones.
 */
final class Abreast {
  private static final int NEWEST = 25;

  private Abreast() {}

  /**
   * Whether {@code other} has the newest changes of all these databases.
   *
   * @param databases those that {@code from} does not show us do not count
   */
  static boolean is(Line from, Line other, List<String> databases) {
    return databases.stream().allMatch(name -> is(from, other, name));
  }

  private static boolean is(Line from, Line other, String database) {
    Requests requests = from.requests();
    HttpGet request =
        requests.get(database + "/_changes?style=all_docs&descending=true&limit=" + NEWEST);
    Outcome<Changes> newest =
        requests.attempt(() -> requests.exchange(request, body -> Changes.read(body, () -> {})));
    return switch (newest) {
      case Outcome.Ok<Changes>(Changes changes) -> has(other, database, changes);
      case Outcome.Missing<Changes> _, Outcome.Refused<Changes> _ -> true;
      case Outcome.Conflict<Changes> _, Outcome.Unavailable<Changes> _ -> false;
    };
  }

  private static boolean has(Line other, String database, Changes changes) {
    JsonObject revisions = new JsonObject();
    changes.results().forEach(change -> revisions.add(change.id(), Hub.texts(change.revs())));
    return other.requests().object(other.requests().post(database + "/_revs_diff", revisions))
            instanceof Outcome.Ok<JsonObject>(JsonObject missing)
        && missing.isEmpty();
  }
}
