package dev.jiggety.repository.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.model.Account;
import dev.jiggety.model.HubRole;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubException.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The accounts of a hub, for its administrator: documents {@code org.couchdb.user:NAME} in {@code
 * _users} (CouchDB "Authentication Database"). Each method may wait for the hub and throws a {@link
 * HubException} with one line that says what to do.
 */
public final class Accounts {
  static final String DATABASE = "_users";
  private static final String PREFIX = "org.couchdb.user:";

  /** No colon, which Basic authentication cannot carry, and nothing that a path or a rule reads. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

  private final HubDatabase users;

  public Accounts(Hub hub) {
    this.users = hub.database(DATABASE);
  }

  /** All of them, by name. */
  public List<Account> all() {
    IdRange range = IdRange.startingWith(PREFIX);
    List<Account> all = new ArrayList<>();
    Outcome<Integer> read = users.eachRow(range, row -> read(row).ifPresent(all::add));
    if (read instanceof Outcome.Missing<Integer>) {
      return List.of(); // nobody has been given one yet
    }
    Answers.value(read, users, "list the accounts");
    return List.copyOf(all);
  }

  /** One of them. */
  public Optional<Account> find(String name) {
    return document(name).map(document -> read(name, document));
  }

  /**
   * Makes an account.
   *
   * @throws IllegalArgumentException for a name that cannot be one
   */
  public void add(String name, Secret password, Set<HubRole> roles) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of an account begins with a letter or digit and holds letters, digits and ._@- alone, at most 64");
    }
    Answers.value(users.create(), users, "make the database of accounts");
    if (document(name).isPresent()) {
      throw new HubException(
          Kind.REFUSED,
          "there is an account %s; give it another password or other roles, or remove it"
              .formatted(name));
    }
    JsonObject user = new JsonObject();
    user.addProperty("_id", PREFIX + name);
    user.addProperty("type", "user");
    user.addProperty("name", name);
    user.addProperty("password", password.reveal());
    user.add("roles", labels(roles, List.of()));
    Answers.value(users.put(user), users, "make the account " + name);
  }

  /** Gives an account another password; who is logged in with the old one is no more. */
  public void setPassword(String name, Secret password) {
    JsonObject user = existing(name);
    user.addProperty("password", password.reveal());
    Answers.value(users.put(user), users, "change the password of " + name);
  }

  /** Gives an account these roles instead of ours that it had; other roles stay. */
  public void setRoles(String name, Set<HubRole> roles) {
    JsonObject user = existing(name);
    user.add("roles", labels(roles, read(name, user).others()));
    Answers.value(users.put(user), users, "change the roles of " + name);
  }

  /** Removes an account: it can do nothing any more, at once. */
  public void remove(String name) {
    JsonObject user = existing(name);
    String rev = user.get("_rev").getAsString();
    Answers.value(users.delete(PREFIX + name, rev), users, "remove the account " + name);
  }

  private JsonObject existing(String name) {
    return document(name)
        .orElseThrow(() ->
            new HubException(
                Kind.MISSING,
                "there is no account %s at the hub %s; see: jiggety account list"
                    .formatted(name, users.hub().address())));
  }

  private Optional<JsonObject> document(String name) {
    Outcome<JsonObject> found = users.get(PREFIX + name);
    return found instanceof Outcome.Missing<JsonObject>
        ? Optional.empty()
        : Optional.of(Answers.value(found, users, "read the account " + name));
  }

  private static Optional<Account> read(DocumentRow row) {
    return Optional.ofNullable(row.document())
        .map(document -> read(row.id().substring(PREFIX.length()), document));
  }

  private static Account read(String name, JsonObject document) {
    Set<HubRole> roles = EnumSet.noneOf(HubRole.class);
    List<String> others = new ArrayList<>();
    if (document.get("roles") instanceof JsonArray array) {
      for (JsonElement element : array) {
        if (element instanceof JsonPrimitive text) {
          Optional<HubRole> ours =
              Arrays.stream(HubRole.values())
                  .filter(role -> role.label().equals(text.getAsString()))
                  .findFirst();
          ours.ifPresentOrElse(roles::add, () -> others.add(text.getAsString()));
        }
      }
    }
    return new Account(name, roles, others);
  }

  private static JsonArray labels(Set<HubRole> roles, List<String> others) {
    JsonArray labels = new JsonArray();
    roles.stream().sorted().map(HubRole::label).forEach(labels::add);
    others.forEach(labels::add);
    return labels;
  }
}
