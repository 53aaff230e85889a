package dev.jiggety.agent.replication;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.couch.ChangesFilter;
import java.util.Optional;
import java.util.function.Function;

/** Finds the function that a filter names in its design document. */
final class FilterCode {
  private FilterCode() {}

  /**
   * The function's source text; empty for filters without one.
   *
   * @param identity of the peer, for what goes wrong
   * @param documents gives the winner of a document that is not deleted
   */
  static String read(
      ChangesFilter filter, String identity, Function<String, Optional<JsonObject>> documents) {
    return switch (filter) {
      case ChangesFilter.All(), ChangesFilter.DocIds(var _), ChangesFilter.Selector(var _) -> "";
      case ChangesFilter.Function(var name, var _) ->
          documents
              .apply(ChangesFilter.design(name))
              .flatMap(design -> member(design, "filters"))
              .flatMap(filters -> text(filters, ChangesFilter.part(name)))
              .orElseThrow(() -> missing(identity, "filter function " + name));
      case ChangesFilter.View(var name) ->
          documents
              .apply(ChangesFilter.design(name))
              .flatMap(design -> member(design, "views"))
              .flatMap(views -> member(views, ChangesFilter.part(name)))
              .flatMap(view -> text(view, "map"))
              .orElseThrow(() -> missing(identity, "view " + name));
    };
  }

  private static Optional<JsonObject> member(JsonObject object, String name) {
    return object.get(name) instanceof JsonObject found ? Optional.of(found) : Optional.empty();
  }

  private static Optional<String> text(JsonObject object, String name) {
    return object.get(name) instanceof JsonPrimitive found && found.isString()
        ? Optional.of(found.getAsString())
        : Optional.empty();
  }

  private static PeerException missing(String identity, String what) {
    return new PeerException(PeerException.Kind.MISSING, identity, "there is no " + what);
  }
}
