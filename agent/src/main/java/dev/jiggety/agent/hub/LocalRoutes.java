package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.WriteOutcome;
import java.util.Optional;

/**
 * Documents that are never replicated: checkpoints (CouchDB "Local (non-replicating) Documents").
 */
final class LocalRoutes {
  private final HubConfig.Limits limits;

  LocalRoutes(HubConfig.Limits limits) {
    this.limits = limits;
  }

  void get(Exchange exchange, DocumentStore store, String id) {
    exchange.json(200, store.local(id).orElseThrow(CouchError::missing));
  }

  void put(Exchange exchange, DocumentStore store, String id) {
    var body = exchange.readObject();
    if (body.toString().length() > limits.documentBytes()) {
      throw CouchError.documentTooLarge(id);
    }
    var outcome = store.putLocal(id, body, revision(exchange, body));
    if (!(outcome instanceof WriteOutcome.Stored stored)) {
      throw CouchError.of(outcome);
    }
    exchange
        .setHeader("Location", exchange.location(store.name()) + "/" + id)
        .json(201, JsonText.ok(id, stored.rev()));
  }

  private static Optional<Revision> revision(Exchange exchange, JsonObject body) {
    return body.get("_rev") instanceof JsonPrimitive rev && rev.isString()
        ? Optional.of(Query.toRevision(rev.getAsString()))
        : exchange.query().revision("rev");
  }

  void delete(Exchange exchange, DocumentStore store, String id) {
    if (!store.deleteLocal(id)) {
      throw CouchError.missing();
    }
    exchange.json(200, JsonText.ok(id, new Revision(0, "0")));
  }
}
