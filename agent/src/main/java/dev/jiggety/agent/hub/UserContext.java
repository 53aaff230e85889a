package dev.jiggety.agent.hub;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param name null for nobody in particular
 * @param handler how we know: {@code cookie} or {@code default} (Basic), as CouchDB names them;
 *     null where we do not
 * @param from the address of the client; empty where it is the hub itself
 */
record UserContext(
    @Nullable String name, Set<String> roles, @Nullable String handler, String from) {

  /** The role that may do everything. */
  static final String ADMIN = "_admin";

  /** Nobody, with no rights but those of everybody. */
  static final UserContext NOBODY = new UserContext(null, Set.of(), null, "");

  /** Nobody in particular, on a hub where everybody is administrator. */
  static final UserContext ANYBODY = new UserContext(null, Set.of(ADMIN), null, "");

  UserContext {
    roles = Set.copyOf(roles);
  }

  /** The same at this address. */
  UserContext at(String address) {
    return new UserContext(name, roles, handler, address);
  }

  boolean isServerAdmin() {
    return roles.contains(ADMIN);
  }

  JsonObject toJson() {
    var json = new JsonObject();
    if (name == null) {
      json.add("name", JsonNull.INSTANCE);
    } else {
      json.addProperty("name", name);
    }
    json.add("roles", JsonText.strings(roles.stream().sorted().toList()));
    return json;
  }
}
