package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoredDocument;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The database {@code _users}: accounts as documents {@code org.couchdb.user:NAME} (CouchDB
 * "Authentication Database"). A password that is written is hashed before it is stored. A user sees
 * and changes the own document alone, and not its roles; administrators all.
 */
final class UserDocuments {
  static final String DATABASE = "_users";
  static final String PREFIX = "org.couchdb.user:";

  private final Databases databases;
  private final int rounds;

  UserDocuments(Databases databases, int rounds) {
    this.databases = databases;
    this.rounds = rounds;
  }

  /** An account that can log in. */
  record Account(String name, Set<String> roles, PasswordHash hash) {
    Account {
      roles = Set.copyOf(roles);
    }
  }

  /** The account of this name; empty where there is none or it cannot log in. */
  Optional<Account> find(String name) {
    return databases
        .find(DATABASE)
        .flatMap(store -> store.get(PREFIX + name))
        .filter(document -> !document.deleted())
        .map(StoredDocument::body)
        .flatMap(body -> PasswordHash.read(body).map(hash -> new Account(name, roles(body), hash)));
  }

  private static Set<String> roles(JsonObject body) {
    var roles = new HashSet<String>();
    if (body.get("roles") instanceof JsonArray list) {
      for (var role : list) {
        // The server's administrator is not made by a document.
        if (isText(role) && !role.getAsString().startsWith("_")) {
          roles.add(role.getAsString());
        }
      }
    }
    return roles;
  }

  /** Whether this document is the user's own account. */
  static boolean isOwn(UserContext user, String id) {
    return user.name() != null && id.equals(PREFIX + user.name());
  }

  /**
   * Checks an account on its way into the database and hashes its password.
   *
   * @throws CouchError 403, in the words of CouchDB's validation
   */
  JsonObject prepare(JsonObject document, String id, UserContext user, DocumentStore store) {
    if (id.startsWith("_design/") || isTrue(document.get("_deleted"))) {
      return document;
    }
    require("user".equals(text(document.get("type"))), "doc.type must be user");
    var name = text(document.get("name"));
    require(name != null, "doc.name is required");
    require(id.equals(PREFIX + name), "Doc ID must be of the form org.couchdb.user:name");
    require(document.get("roles") instanceof JsonArray, "doc.roles must be an array");
    for (var role : document.getAsJsonArray("roles")) {
      require(isText(role), "doc.roles can only contain strings");
      var reserved = role.getAsString().startsWith("_");
      require(!reserved, "No system roles (starting with underscore) in users db.");
    }
    if (!user.isServerAdmin()) {
      var before = store.get(id).map(StoredDocument::body).map(body -> body.get("roles"));
      var same = before.isPresent() && document.get("roles").equals(before.get());
      require(same, "Only _admin may edit roles");
      requireNoHash(document, store.get(id).map(StoredDocument::body).orElseGet(JsonObject::new));
    }
    return hashed(document);
  }

  /**
   * A user gives a new password, and the hub hashes it: one's own hash could have so many rounds
   * that looking at wrong passwords for it keeps all others waiting.
   */
  private static void requireNoHash(JsonObject document, JsonObject before) {
    var isNewPassword = document.get("password") instanceof JsonPrimitive;
    for (var member : PasswordHash.MEMBERS) {
      var same = Objects.equals(document.get(member), before.get(member));
      require(isNewPassword || same, "Only _admin may write a hash; give a password");
    }
  }

  private JsonObject hashed(JsonObject document) {
    var password = document.get("password");
    if (password == null || password.isJsonNull()) {
      return document;
    }
    require(isText(password) && !password.getAsString().isEmpty(), "Password must be a string.");
    var hashed = document.deepCopy();
    hashed.remove("password");
    PasswordHash.of(password.getAsString(), rounds).addTo(hashed);
    return hashed;
  }

  private static void require(boolean condition, String reason) {
    if (!condition) {
      throw CouchError.forbidden(reason);
    }
  }

  private static @Nullable String text(@Nullable JsonElement element) {
    return element != null && isText(element) ? element.getAsString() : null;
  }

  private static boolean isText(JsonElement element) {
    return element instanceof JsonPrimitive text && text.isString();
  }

  private static boolean isTrue(@Nullable JsonElement element) {
    return element instanceof JsonPrimitive flag && flag.isBoolean() && flag.getAsBoolean();
  }
}
