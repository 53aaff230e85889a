package dev.jiggety.agent.enroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.repository.HubException;
import java.util.Optional;

/** What a node sees of the hub with its own account. */
final class NodeSide {
  private NodeSide() {}

  static Credentials credentials(String name, Secret password) {
    return new Credentials(name, password);
  }

  static HubAddress as(HubAddress hub, String name, Secret password) {
    return new HubAddress(hub.base(), Optional.of(credentials(name, password)));
  }

  /**
   * Whether the hub knows the account; one login.
   *
   * @throws HubException when it does not answer
   */
  static boolean isLetIn(HubAddress address, HubOptions options) {
    try (Hub hub = Hub.open(address, options)) {
      return switch (hub.session()) {
        case Outcome.Ok<JsonObject>(JsonObject session) ->
            address
                .credentials()
                .map(it -> it.user().equals(user(session)) || isEverybody(session))
                .orElse(false);
        case Outcome.Unavailable<JsonObject>(String reason, var _) ->
            throw new HubException(HubException.Kind.UNAVAILABLE, reason);
        default -> false;
      };
    }
  }

  private static String user(JsonObject session) {
    JsonElement name =
        session.get("userCtx") instanceof JsonObject context ? context.get("name") : null;
    return name != null && name.isJsonPrimitive() ? name.getAsString() : "";
  }

  /** A hub where nobody has a name, for a trial. */
  private static boolean isEverybody(JsonObject session) {
    return session.get("userCtx") instanceof JsonObject context
        && context.get("name") != null
        && context.get("name").isJsonNull()
        && String.valueOf(context.get("roles")).contains("_admin");
  }
}
