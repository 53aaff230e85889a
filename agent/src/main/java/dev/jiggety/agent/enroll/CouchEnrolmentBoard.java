package dev.jiggety.agent.enroll;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.base.Backoff;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.AccountKey;
import dev.jiggety.model.HubRole;
import dev.jiggety.model.Invitation;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.couch.Answers;
import dev.jiggety.repository.couch.ContinuousFeed;
import dev.jiggety.repository.couch.FeedPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Documents in the database of the enrolment, accounts in {@code _users}. */
public final class CouchEnrolmentBoard implements EnrolmentBoard {
  private static final String USER = "org.couchdb.user:";

  /** The member of an account's document that names its invitation; CouchDB lets it stand. */
  private static final String MARK = "jiggety_invitation";

  /** The roles that come of invitations. */
  private static final Set<JsonElement> ENROLLED =
      Set.of(new JsonPrimitive(HubRole.NODE.label()), new JsonPrimitive(HubRole.GUEST.label()));

  private static final int ATTEMPTS = 5;
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(250), Duration.ofSeconds(15));

  private final HubDatabase enrolment;
  private final HubDatabase users;

  /**
   * The enrolment of a hub; nothing is sent yet.
   *
   * @param names how its databases are called
   */
  public CouchEnrolmentBoard(Hub hub, DatabaseNames names) {
    this.enrolment = hub.database(names.enrolment());
    this.users = hub.users();
  }

  @Override
  public AutoCloseable follow(Consumer<String> ids, Consumer<String> lost) {
    var subject =
        new ContinuousFeed.Subject("enrolment", enrolment, ChangesFilter.NONE, HEARTBEAT, BACKOFF);
    return ContinuousFeed.start(subject, new Follower(ids, lost));
  }

  private record Follower(Consumer<String> ids, Consumer<String> lost)
      implements ContinuousFeed.Listener {
    @Override
    public void change(Change change, FeedPosition reached) {
      ids.accept(change.id());
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      lost.accept(
          switch (connection) {
            case HubFeed.Connection.Connected() -> "";
            case HubFeed.Connection.Away(var _, String reason) -> reason;
          });
    }
  }

  @Override
  public Map<String, JsonObject> read(Collection<String> ids) {
    List<String> wanted = List.copyOf(ids);
    Map<String, JsonObject> found = new HashMap<>();
    Answers.value(enrolment.getAll(wanted), enrolment, "read what was asked")
        .forEach(document -> found.put(document.get("_id").getAsString(), document));
    return found;
  }

  @Override
  public List<JsonObject> all(String prefix) {
    List<JsonObject> all = new ArrayList<>();
    Outcome<Integer> read =
        enrolment.eachRow(
            IdRange.startingWith(prefix),
            row -> Optional.ofNullable(row.document()).ifPresent(all::add));
    Answers.value(read, enrolment, "read what was asked");
    return all;
  }

  @Override
  public boolean put(JsonObject document) {
    Outcome<String> put = enrolment.put(document);
    if (put instanceof Outcome.Conflict<String>) {
      return false;
    }
    Answers.value(put, enrolment, "write " + document.get("_id").getAsString());
    return true;
  }

  @Override
  public void remove(JsonObject document) {
    String id = document.get("_id").getAsString();
    Outcome<String> removed = enrolment.delete(id, document.get("_rev").getAsString());
    if (!(removed instanceof Outcome.Conflict<String> || removed instanceof Outcome.Missing<?>)) {
      Answers.value(removed, enrolment, "forget " + id);
    }
  }

  @Override
  public boolean make(Account account) {
    Outcome<String> put = users.put(document(account));
    if (put instanceof Outcome.Missing<String>) {
      put = users.create().then(_ -> users.put(document(account))); // a server that is all new
    }
    if (put.isOk()) {
      return true;
    }
    // A conflict; or no answer, or a rule that only looks at what is new.
    Optional<JsonObject> standing = user(account.name());
    if (standing.isEmpty()) {
      throw failure(put, "make the account " + account.name());
    }
    return account.invitation().equals(text(standing.get().get(MARK)));
  }

  @Override
  public void take(String name) {
    Outcome<String> removed = new Outcome.Ok<>("");
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<JsonObject> standing = user(name);
      if (standing.isEmpty() || !isOfANode(standing.get())) {
        return;
      }
      removed = users.delete(USER + name, standing.get().get("_rev").getAsString());
      if (!(removed instanceof Outcome.Conflict<String>)) {
        break; // a hub may have written the hash anew when somebody logged in
      }
    }
    if (!removed.isOk()) {
      throw failure(removed, "take the account " + name + " away");
    }
  }

  /**
   * Whether it is a node's or a guest's and nobody else's. Told by the roles: all else in an
   * account's document, the mark as well, its owner may change.
   */
  private static boolean isOfANode(JsonObject document) {
    JsonArray roles = document.get("roles") instanceof JsonArray array ? array : new JsonArray();
    return !roles.isEmpty() && roles.asList().stream().allMatch(ENROLLED::contains);
  }

  @Override
  public List<Account> accounts() {
    List<Account> accounts = new ArrayList<>();
    Outcome<Integer> read =
        users.eachRow(
            IdRange.startingWith(USER), row -> account(row.document()).ifPresent(accounts::add));
    if (read instanceof Outcome.Missing<Integer>) {
      return List.of(); // a hub where nobody ever had an account
    }
    if (!read.isOk()) {
      throw failure(read, "look through the accounts");
    }
    return accounts;
  }

  private Optional<JsonObject> user(String name) {
    Outcome<JsonObject> found = users.get(USER + name);
    if (found instanceof Outcome.Missing<JsonObject>) {
      return Optional.empty();
    }
    if (found instanceof Outcome.Ok<JsonObject>(JsonObject document)) {
      return Optional.of(document);
    }
    throw failure(found, "look at the account " + name);
  }

  private HubException failure(Outcome<?> outcome, String what) {
    if (outcome instanceof Outcome.Refused<?> || outcome instanceof Outcome.Missing<?>) {
      return new HubException(
          HubException.Kind.UNAUTHORIZED,
          "the manager may not %s (%s): its account must be an administrator of the hub, as the accounts of nodes are made and taken away by it"
              .formatted(what, outcome.inWords()));
    }
    return Answers.failure(outcome, users, what);
  }

  private static JsonObject document(Account account) {
    JsonObject json = new JsonObject();
    json.addProperty("_id", USER + account.name());
    json.addProperty("type", "user");
    json.addProperty("name", account.name());
    JsonArray roles = new JsonArray();
    roles.add(account.role().label());
    json.add("roles", roles);
    // Without pbkdf2_prf: that is HMAC-SHA1, in every CouchDB.
    json.addProperty("password_scheme", "pbkdf2");
    json.addProperty("iterations", account.key().rounds());
    json.addProperty("salt", account.key().salt());
    json.addProperty("derived_key", account.key().key());
    json.addProperty(MARK, account.invitation());
    return json;
  }

  /** A guest's is told by its name, which it cannot change as it could the mark. */
  private static String invitation(JsonObject document) {
    String name = text(document.get("name"));
    String guest = Invitation.guest("");
    return isOfANode(document) && name.startsWith(guest)
        ? name.substring(guest.length())
        : text(document.get(MARK));
  }

  private static Optional<Account> account(@Nullable JsonObject document) {
    if (document == null || invitation(document).isEmpty()) {
      return Optional.empty();
    }
    JsonArray roles = document.get("roles") instanceof JsonArray array ? array : new JsonArray();
    return Arrays.stream(HubRole.values())
        .filter(role -> roles.contains(new JsonPrimitive(role.label())))
        .findFirst()
        .map(role ->
            new Account(
                text(document.get("name")),
                role,
                invitation(document),
                new AccountKey(text(document.get("salt")), 1, text(document.get("derived_key")))));
  }

  private static String text(@Nullable JsonElement element) {
    return element != null && element.isJsonPrimitive() ? element.getAsString() : "";
  }
}
