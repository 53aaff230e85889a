package dev.jiggety.repository.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.model.HubRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Who opens a database: the {@code _security} of a database of ours, whose members are roles and
 * whose administrators are the server's.
 */
final class Membership {
  private static final String ADMIN = "_admin";

  private final HubDatabase database;
  private final Set<HubRole> roles;

  Membership(HubDatabase database, Set<HubRole> roles) {
    this.database = database;
    this.roles = roles;
  }

  /** Opens the database to its roles and to nobody else. */
  Outcome<JsonElement> open() {
    JsonObject security = new JsonObject();
    security.add("members", group(roles.stream().map(HubRole::label).toList()));
    security.add("admins", group(List.of(ADMIN)));
    return database.setSecurity(security);
  }

  /**
   * Opens a database that is new, or on which nobody has set rights yet. Where somebody has set
   * other rights they stay.
   *
   * @return one line for each role that is shut out, or let in without business there
   */
  List<String> see(boolean isNew) {
    JsonObject now = isNew ? new JsonObject() : database.security().ok().orElse(null);
    if (now == null) {
      return List.of();
    }
    return isUnset(now) ? opened() : strays(now);
  }

  private List<String> opened() {
    Outcome<JsonElement> set = open();
    if (set instanceof Outcome.Unavailable<JsonElement>) {
      throw Answers.failure(set, database, "open the database " + database.name());
    }
    return set.isOk()
        ? List.of()
        : List.of("the hub sets no rights on %s (%s)".formatted(database.name(), set.inWords()));
  }

  /** As a server leaves it: open to everybody, or (CouchDB 3) to administrators alone. */
  private static boolean isUnset(JsonObject security) {
    List<String> members = texts(security, "members", "roles");
    boolean noNames = texts(security, "members", "names").isEmpty();
    boolean isDefault =
        members.equals(List.of(ADMIN))
            && texts(security, "admins", "roles").equals(members)
            && texts(security, "admins", "names").isEmpty();
    return noNames && (members.isEmpty() || isDefault);
  }

  private List<String> strays(JsonObject security) {
    List<String> notes = new ArrayList<>();
    List<String> members = texts(security, "members", "roles");
    for (HubRole role : HubRole.values()) {
      boolean isIn = members.contains(role.label());
      if (isIn == roles.contains(role)) {
        continue;
      }
      String note =
          isIn
              ? "the role %s can read %s, where it has no business: remove it from the members in"
                  + " its _security"
              : "the role %s has no right to %s: add it to the members in its _security";
      notes.add(note.formatted(role.label(), database.name()));
    }
    return notes;
  }

  private static List<String> texts(JsonObject security, String group, String kind) {
    List<String> texts = new ArrayList<>();
    if (security.get(group) instanceof JsonObject object
        && object.get(kind) instanceof JsonArray array) {
      for (JsonElement element : array) {
        if (element instanceof JsonPrimitive text) {
          texts.add(text.getAsString());
        }
      }
    }
    return texts;
  }

  private static JsonObject group(List<String> members) {
    JsonArray array = new JsonArray();
    members.forEach(array::add);
    JsonObject group = new JsonObject();
    group.add("names", new JsonArray());
    group.add("roles", array);
    return group;
  }
}
