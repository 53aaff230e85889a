package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.replication.PeerException;
import dev.jiggety.agent.replication.StoreGate;
import dev.jiggety.agent.replication.WireDocument;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.InvalidDocumentException;
import dev.jiggety.agent.store.RevisionFilter;
import dev.jiggety.agent.store.WriteOutcome;
import java.util.List;

/**
 * A user's rights on what the hub replicates for that user: the same {@link Rights} and {@link
 * Writes} that stand before every route.
 */
final class UserGate implements StoreGate {
  private final UserContext user;
  private final Rights rights;
  private final Writes writes;
  private final ChangesFilters filters;

  UserGate(UserContext user, Rights rights, Writes writes, ChangesFilters filters) {
    this.filters = filters;
    this.user = user;
    this.rights = rights;
    this.writes = writes;
  }

  @Override
  public void enter(DocumentStore store) {
    try {
      rights.checkDatabase(Access.MEMBER, user, store);
    } catch (CouchError e) {
      throw new PeerException(PeerException.Kind.DENIED, store.name(), e.reason());
    }
  }

  @Override
  public DocumentWrite admit(DocumentStore store, WireDocument document) {
    try {
      return writes.check(user, store, document.json().deepCopy());
    } catch (CouchError e) {
      throw new InvalidDocumentException(e.error(), e.reason());
    }
  }

  @Override
  public List<WriteOutcome> write(DocumentStore store, List<DocumentWrite> documents) {
    return writes.store(user, store, documents, false);
  }

  @Override
  public RevisionFilter function(DocumentStore store, dev.jiggety.couch.ChangesFilter filter) {
    try {
      return switch (filter) {
        case dev.jiggety.couch.ChangesFilter.Function(var name, var parameters) ->
            filters.function(store, name, "filters", texts(parameters), user);
        case dev.jiggety.couch.ChangesFilter.View(var name) ->
            filters.function(store, name, "views", new JsonObject(), user);
        case dev.jiggety.couch.ChangesFilter.All _,
            dev.jiggety.couch.ChangesFilter.DocIds _,
            dev.jiggety.couch.ChangesFilter.Selector _ ->
            StoreGate.super.function(store, filter);
      };
    } catch (CouchError e) {
      var kind = e.status() == 404 ? PeerException.Kind.MISSING : PeerException.Kind.REFUSED;
      throw new PeerException(kind, store.name(), e.reason());
    }
  }

  /** Parameters as they would arrive in a query: texts. */
  private static JsonObject texts(JsonObject parameters) {
    var query = new JsonObject();
    for (var parameter : parameters.entrySet()) {
      var value = parameter.getValue();
      var isText = value instanceof JsonPrimitive text && text.isString();
      query.addProperty(parameter.getKey(), isText ? value.getAsString() : value.toString());
    }
    return query;
  }
}
