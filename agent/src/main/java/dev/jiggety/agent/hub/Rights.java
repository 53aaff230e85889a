package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.agent.store.DocumentStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may do what: the one place where it is decided. A database's {@code _security} object lies in
 * the database itself, as a local document that no route shows, so it goes when the database goes.
 * Until one is set, the database belongs to the server's administrators, as since CouchDB 3.0.
 */
final class Rights {
  /** The local document with the security object; no client can name it. */
  static final String SECURITY_ID = "_local/.security";

  private static final String NOT_SERVER_ADMIN = "You are not a server admin.";
  private static final String NOT_DATABASE_ADMIN = "You are not a db or server admin.";
  private static final List<String> GROUPS = List.of("admins", "members");
  private static final List<String> KINDS = List.of("names", "roles");

  // By the identity of the store, so that a database made anew starts without the old rights.
  private final Map<String, JsonObject> known = new ConcurrentHashMap<>();

  /** Whether a document id is one that clients cannot use. */
  static boolean isReserved(String id) {
    return id.equals(SECURITY_ID) || id.startsWith(HubDocuments.PREFIX);
  }

  /** Refuses what this user may not do to the server. */
  void checkServer(Access access, UserContext user) {
    if (access == Access.SERVER_ADMIN && !user.isServerAdmin()) {
      throw CouchError.unauthorized(NOT_SERVER_ADMIN);
    }
  }

  /** Refuses what this user may not do to the database. */
  void checkDatabase(Access access, UserContext user, DocumentStore store) {
    switch (access) {
      case PUBLIC -> {}
      case SERVER_ADMIN -> checkServer(access, user);
      case MEMBER -> {
        if (!isMember(user, store)) {
          throw user.name() == null
              ? CouchError.unauthorized("You are not authorized to access this db.")
              : CouchError.forbidden("You are not allowed to access this db.");
        }
      }
      case DATABASE_ADMIN -> {
        checkDatabase(Access.MEMBER, user, store);
        databaseAdminError(user, store)
            .ifPresent(error -> {
              throw error;
            });
      }
    }
  }

  /** Refuses what this user may not do to this document; writers check more, see {@link Writes}. */
  void checkDocument(UserContext user, DocumentStore store, String id) {
    if (!(isUsers(store) && UserDocuments.isOwn(user, id))) {
      checkDatabase(Access.MEMBER, user, store);
    }
  }

  private static boolean isUsers(DocumentStore store) {
    return store.name().equals(UserDocuments.DATABASE);
  }

  /** The error for somebody who is not administrator of the database; empty for who is. */
  Optional<CouchError> databaseAdminError(UserContext user, DocumentStore store) {
    if (isDatabaseAdmin(user, store)) {
      return Optional.empty();
    }
    return Optional.of(
        user.name() == null
            ? CouchError.unauthorized(NOT_DATABASE_ADMIN)
            : CouchError.forbidden(NOT_DATABASE_ADMIN));
  }

  private boolean isDatabaseAdmin(UserContext user, DocumentStore store) {
    return user.isServerAdmin() || (!isUsers(store) && isIn(security(store), "admins", user));
  }

  private boolean isMember(UserContext user, DocumentStore store) {
    if (user.isServerAdmin()) {
      return true;
    }
    if (isUsers(store) || store.name().equals(ReplicatorDatabase.NAME)) {
      return false; // whatever its security object says
    }
    var security = security(store);
    return isIn(security, "admins", user) || isOpen(security) || isIn(security, "members", user);
  }

  /** Without any member named, everybody is one. */
  private static boolean isOpen(JsonObject security) {
    return KINDS.stream().allMatch(kind -> list(security, "members", kind).isEmpty());
  }

  private static boolean isIn(JsonObject security, String group, UserContext user) {
    for (var name : list(security, group, "names")) {
      if (name.getAsString().equals(user.name())) {
        return true;
      }
    }
    for (var role : list(security, group, "roles")) {
      if (user.roles().contains(role.getAsString())) {
        return true;
      }
    }
    return false;
  }

  private static JsonArray list(JsonObject security, String group, String kind) {
    return security.get(group) instanceof JsonObject members
            && members.get(kind) instanceof JsonArray list
        ? list
        : new JsonArray();
  }

  /** The database's security object. */
  JsonObject security(DocumentStore store) {
    return known.computeIfAbsent(store.uuid(), uuid -> read(store));
  }

  private static JsonObject read(DocumentStore store) {
    var stored = store.local(SECURITY_ID);
    if (stored.isEmpty()) {
      return adminsOnly();
    }
    var security = stored.get();
    security.remove("_id");
    security.remove("_rev");
    return security;
  }

  private static JsonObject adminsOnly() {
    var security = new JsonObject();
    for (var group : List.of("members", "admins")) {
      var members = new JsonObject();
      members.add("roles", JsonText.strings(List.of(UserContext.ADMIN)));
      security.add(group, members);
    }
    return security;
  }

  /**
   * Sets the database's security object.
   *
   * @throws CouchError 400, when its names and roles are not lists of strings
   */
  void setSecurity(DocumentStore store, JsonObject security) {
    for (var group : GROUPS) {
      var members = security.get(group);
      if (members != null && !members.isJsonObject()) {
        throw CouchError.badRequest(group + " must be a JSON object");
      }
      for (var kind : KINDS) {
        if (members instanceof JsonObject object && !isStrings(object.get(kind))) {
          throw CouchError.badRequest(kind + " must be a JSON list of strings");
        }
      }
    }
    for (var member : security.keySet()) {
      if (member.startsWith("_")) {
        throw CouchError.badRequest("Bad special document member: " + member);
      }
    }
    synchronized (this) { // memory and disk must not end with different ones
      store.putLocal(SECURITY_ID, security, Optional.empty());
      known.put(store.uuid(), security);
    }
  }

  /** Who opens a database, for people. */
  static String inWords(JsonObject security) {
    var words = new ArrayList<String>();
    for (var group : GROUPS) {
      for (var kind : KINDS) {
        for (var each : list(security, group, kind)) {
          var isAdmin = group.equals("admins");
          words.add(
              (isAdmin ? "administrator " : "")
                  + (kind.equals("names") ? "user " : "")
                  + each.getAsString());
        }
      }
    }
    return isOpen(security) ? "everybody" : String.join(", ", words);
  }

  private static boolean isStrings(@org.jspecify.annotations.Nullable JsonElement value) {
    if (value == null) {
      return true;
    }
    if (!(value instanceof JsonArray array)) {
      return false;
    }
    for (var element : array) {
      if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
        return false;
      }
    }
    return true;
  }
}
