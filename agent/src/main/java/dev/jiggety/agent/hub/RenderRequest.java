package dev.jiggety.agent.hub;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.jiggety.agent.store.DocumentStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests as functions of design documents see them (docs.couchdb.org/en/stable/json-structure
 * "Request object"), but for what the client proves itself with: who writes a design document is
 * not to have other people's passwords.
 */
final class RenderRequest {
  private static final Set<String> SECRET =
      Set.of("Authorization", "Cookie", "Proxy-Authorization");
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Rights rights;
  private final DatabaseRoutes database;
  private final Uuids uuids;
  private final long mostBytes;

  /**
   * Shows requests.
   *
   * @param mostBytes of a body
   */
  RenderRequest(Rights rights, DatabaseRoutes database, Uuids uuids, long mostBytes) {
    this.rights = rights;
    this.database = database;
    this.uuids = uuids;
    this.mostBytes = mostBytes;
  }

  /** The body as text; null where there is none by the method. */
  @Nullable String body(Exchange exchange) {
    if (!exchange.method().equals("POST") && !exchange.method().equals("PUT")) {
      return null;
    }
    try (var body = exchange.body().stream(mostBytes)) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw CouchError.badRequest("the body ended too early");
    }
  }

  /**
   * The request.
   *
   * @param id of the document; null for none
   * @param body null for none
   */
  JsonObject of(
      Exchange exchange, DocumentStore store, @Nullable String id, @Nullable String body) {
    var request = new JsonObject();
    request.add("info", database.info(store));
    if (id == null) {
      request.add("id", JsonNull.INSTANCE);
    } else {
      request.addProperty("id", id);
    }
    request.addProperty("uuid", uuids.next());
    request.addProperty("method", exchange.method());
    request.add("requested_path", JsonText.strings(exchange.path()));
    request.add("path", JsonText.strings(exchange.path()));
    request.addProperty("raw_path", exchange.rawPath());
    request.add("query", query(exchange));
    request.add("headers", headers(exchange));
    request.addProperty("body", body == null ? "undefined" : body);
    request.addProperty("peer", exchange.peer());
    var isForm = HeaderText.bare(exchange.header("Content-Type").orElse("")).equals(FORM);
    request.add("form", isForm && body != null ? Query.parse(body).toJson() : new JsonObject());
    request.add("cookie", new JsonObject());
    var user = new JsonObject();
    user.addProperty("db", store.name());
    exchange.user().toJson().entrySet().forEach(e -> user.add(e.getKey(), e.getValue()));
    request.add("userCtx", user);
    request.add("secObj", rights.security(store).deepCopy());
    return request;
  }

  /** Keys are JSON. */
  private static JsonObject query(Exchange exchange) {
    var query = exchange.query().toJson();
    for (var name : List.of("key", "startkey", "start_key", "endkey", "end_key")) {
      exchange.query().json(name).ifPresent(value -> query.add(name, value));
    }
    return query;
  }

  private static JsonObject headers(Exchange exchange) {
    var headers = new JsonObject();
    exchange
        .headers()
        .forEach((name, value) -> {
          var shown = HeaderText.capitalized(name);
          if (!SECRET.contains(shown)) {
            headers.addProperty(shown, value);
          }
        });
    return headers;
  }
}
