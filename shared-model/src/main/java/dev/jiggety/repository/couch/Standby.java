package dev.jiggety.repository.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.HubRole;
import dev.jiggety.repository.HubException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Two hubs that replicate with each other for good: each pulls from the other all databases of an
 * installation, by documents in its own {@code _replicator}. What is one hub's own stays there:
 * local documents, {@code _security}, what a hub says of itself, and {@code _replicator}.
 */
public final class Standby {
  /** What the ids of the documents in {@code _replicator} begin with. */
  public static final String PREFIX = "jiggety-standby-";

  /** Where hubs keep what they are to replicate; only administrators may read it. */
  private static final String REPLICATOR = "_replicator";

  private static final String USERS = "_users";

  /** The role that reads every database of ours, and writes nothing that counts without a key. */
  private static final String READS_ALL = HubRole.OPERATOR.label();

  private static final int PASSWORD_BYTES = 24;

  /** Of what a hub says of itself each has its own, under one name. */
  private static final String NOT_THE_HUBS_OWN =
      "{\"$or\":[{\"type\":{\"$exists\":false}},{\"type\":{\"$ne\":\"hub\"}}]}";

  /** Accounts, and not the rules that each server brings for them. */
  private static final String ACCOUNTS = "{\"type\":\"user\"}";

  private final Hub one;
  private final Hub other;
  private final DatabaseNames names;

  /** Two hubs, as whom may administer them; nothing is sent yet. */
  public Standby(Hub one, Hub other, DatabaseNames names) {
    this.one = one;
    this.other = other;
    this.names = names;
  }

  /**
   * Sets it up, or brings it up to date. Both hubs must have been provisioned.
   *
   * @param withAccounts whether accounts are replicated as well: those who log in at the one hub
   *     can then log in at the other
   * @return a line for each thing that was done
   * @throws HubException with one line that says what to do; what was done until then stays
   */
  public List<String> set(boolean withAccounts) {
    List<String> done = new ArrayList<>();
    set(one, other, "a", withAccounts, done);
    set(other, one, "b", withAccounts, done);
    return List.copyOf(done);
  }

  private void set(Hub here, Hub from, String name, boolean withAccounts, List<String> done) {
    HubDatabase replicator = here.database(REPLICATOR);
    Answers.value(replicator.create(), replicator, "create the database " + REPLICATOR);
    HubDatabase users = from.users();
    Answers.value(users.create(), users, "create the database " + USERS);
    Optional<Credentials> reader = reader(here, from, name);
    TreeSet<String> databases = new TreeSet<>(ours(here));
    databases.addAll(ours(from));
    for (String database : databases) {
      put(here, document(here, from, database, reader));
    }
    if (withAccounts) {
      Answers.value(here.users().create(), here.users(), "create the database " + USERS);
      put(here, document(here, from, USERS, from.address().credentials()));
    }
    done.add(
        "%s pulls %d databases from %s%s"
            .formatted(
                here.address(),
                databases.size(),
                from.address(),
                withAccounts ? ", and accounts" : ""));
  }

  /**
   * Looks after two hubs for which it was set up: makes the databases of the coming weeks at both,
   * lets new ones replicate, and drops at the other hub what was dropped at this one.
   *
   * @param isDropped whether a database of results was dropped for its age
   * @return whether it was set up for these two
   * @throws HubException when one of them cannot be asked; it has to be done again
   */
  public boolean keep(Instant now, Predicate<String> isDropped) {
    Optional<JsonObject> here = pattern(one);
    Optional<JsonObject> there = pattern(other);
    if (here.isEmpty() || there.isEmpty()) {
      return false;
    }
    new Provisioner(other, names).provideAhead(now);
    keep(one, here.get(), isDropped);
    keep(other, there.get(), isDropped);
    return true;
  }

  private void keep(Hub at, JsonObject pattern, Predicate<String> isDropped) {
    HubDatabase replicator = at.database(REPLICATOR);
    List<DocumentRow> rows =
        Answers.value(
            replicator.allDocs(IdRange.startingWith(PREFIX)), replicator, "read " + REPLICATOR);
    List<String> known = rows.stream().map(row -> row.id().substring(PREFIX.length())).toList();
    for (DocumentRow row : rows) {
      String database = row.id().substring(PREFIX.length());
      if (isOfResults(database) && isDropped.test(database)) {
        replicator.delete(row.id(), row.rev());
        at.database(database).drop();
      }
    }
    for (String database : ours(at)) {
      if (isOfResults(database) && !known.contains(database) && !isDropped.test(database)) {
        put(at, like(pattern, database));
      }
    }
  }

  private boolean isOfResults(String database) {
    return names.isLive(database) || names.isArchive(database);
  }

  /** The document for the configuration; the others are like it but for the name. */
  private Optional<JsonObject> pattern(Hub hub) {
    HubDatabase replicator = hub.database(REPLICATOR);
    return Answers.find(replicator, PREFIX + names.config(), "read " + REPLICATOR);
  }

  private JsonObject like(JsonObject pattern, String database) {
    JsonObject document = pattern.deepCopy();
    document.addProperty("_id", PREFIX + database);
    List.copyOf(document.keySet()).stream()
        .filter(member -> member.startsWith("_") && !member.equals("_id"))
        .forEach(document::remove);
    for (String end : List.of("source", "target")) {
      if (document.get(end) instanceof JsonObject remote) {
        String url = remote.get("url").getAsString();
        remote.addProperty("url", url.substring(0, url.lastIndexOf('/') + 1) + database);
      } else {
        document.addProperty(end, database);
      }
    }
    return document;
  }

  private List<String> ours(Hub hub) {
    HubDatabase config = hub.database(names.config());
    return Answers.value(hub.databaseNames(), config, "list the databases").stream()
        .filter(name -> name.startsWith(names.prefix()))
        .toList();
  }

  private JsonObject document(Hub here, Hub from, String database, Optional<Credentials> reader) {
    JsonObject document = new JsonObject();
    document.addProperty("_id", PREFIX + database);
    document.add("source", end(from, database, reader));
    document.add("target", target(here, database));
    document.addProperty("continuous", true);
    if (database.equals(names.status())) {
      document.add("selector", JsonParser.parseString(NOT_THE_HUBS_OWN));
    } else if (database.equals(USERS)) {
      document.add("selector", JsonParser.parseString(ACCOUNTS));
    }
    JsonObject user = new JsonObject();
    user.addProperty("name", here.address().credentials().map(Credentials::user).orElse(""));
    JsonArray roles = new JsonArray();
    roles.add("_admin");
    user.add("roles", roles);
    document.add("user_ctx", user);
    return document;
  }

  private static JsonObject end(Hub hub, String database, Optional<Credentials> who) {
    JsonObject end = new JsonObject();
    end.addProperty("url", hub.address() + "/" + database);
    who.ifPresent(known -> {
      JsonObject basic = new JsonObject();
      basic.addProperty("username", known.user());
      basic.addProperty("password", known.password().reveal());
      JsonObject auth = new JsonObject();
      auth.add("basic", basic);
      end.add("auth", auth);
    });
    return end;
  }

  /**
   * The embedded hub writes into its own store by name; CouchDB 3 has to be told its own address,
   * and who may write designs there.
   */
  private static JsonElement target(Hub here, String database) {
    boolean isEmbedded =
        here.welcome() instanceof Outcome.Ok<JsonObject>(JsonObject welcome)
            && welcome.get("vendor") instanceof JsonObject vendor
            && vendor.get("name") instanceof JsonPrimitive name
            && name.getAsString().equals("Jiggety");
    return isEmbedded
        ? new JsonPrimitive(database)
        : end(here, database, here.address().credentials());
  }

  /**
   * An account that reads; none where a hub asks nobody. It keeps the password that it has: with
   * another one all that replicates would try the old one until the account is locked.
   */
  private Optional<Credentials> reader(Hub here, Hub from, String name) {
    if (from.address().credentials().isEmpty()) {
      return Optional.empty();
    }
    HubDatabase users = from.users();
    String user = PREFIX + name;
    String password = pattern(here).flatMap(Standby::password).orElseGet(Standby::newPassword);
    String id = "org.couchdb.user:" + user;
    JsonObject account = new JsonObject();
    account.addProperty("_id", id);
    account.addProperty("name", user);
    account.addProperty("type", "user");
    account.addProperty("password", password);
    JsonArray roles = new JsonArray();
    roles.add(READS_ALL);
    account.add("roles", roles);
    Answers.find(users, id, "read the account " + user)
        .ifPresent(found -> account.add("_rev", found.get("_rev")));
    Answers.value(users.put(account), users, "make the account " + user);
    return Optional.of(Credentials.of(user, password));
  }

  /** The one by which a replication logs in at its source. */
  private static Optional<String> password(JsonObject replication) {
    return replication.get("source") instanceof JsonObject source
            && source.get("auth") instanceof JsonObject auth
            && auth.get("basic") instanceof JsonObject basic
            && basic.get("password") instanceof JsonPrimitive password
        ? Optional.of(password.getAsString())
        : Optional.empty();
  }

  private static String newPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static void put(Hub hub, JsonObject document) {
    HubDatabase replicator = hub.database(REPLICATOR);
    String id = document.get("_id").getAsString();
    Optional<JsonObject> found = Answers.find(replicator, id, "read " + REPLICATOR);
    if (found.isPresent()) {
      if (isSame(found.get(), document)) {
        return;
      }
      document.add("_rev", found.get().get("_rev"));
    }
    Answers.value(replicator.put(document), replicator, "write " + id + " into " + REPLICATOR);
  }

  private static boolean isSame(JsonObject found, JsonObject wanted) {
    return wanted.entrySet().stream()
        .allMatch(member -> Objects.equals(found.get(member.getKey()), member.getValue()));
  }
}
