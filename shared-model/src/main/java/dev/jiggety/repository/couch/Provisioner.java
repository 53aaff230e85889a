package dev.jiggety.repository.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Makes a hub ready: its databases with their design documents, open to who has one of the {@link
 * #ROLES}. What is there already stays as it is, but for design documents of an older version, so
 * that it can be run again at any time, and should be once a week for the next weeks' results.
 */
public final class Provisioner {
  /** Nodes, and who looks on: reads everything, writes results and reports of nodes. */
  public static final String ROLE = "jiggety";

  /** Operators: hand in patches and commands under their own names. */
  public static final String OPERATOR_ROLE = "jiggety-operator";

  /** The patch manager: writes the configuration and the records of patches. */
  public static final String MANAGER_ROLE = "jiggety-manager";

  /** All that open a database of ours; what each may write there is said by its rules. */
  public static final List<String> ROLES = List.of(ROLE, OPERATOR_ROLE, MANAGER_ROLE);

  /** The id of the design document that each database of ours has. */
  public static final String DESIGN = DesignDocuments.ID;

  /** Nobody looks at old heartbeats, and nobody edits them against each other. */
  private static final int STATUS_REVISIONS = 10;

  /** One shard: a database that everybody listens to is cheapest undivided. */
  private static final OptionalInt UNDIVIDED = OptionalInt.of(1);

  /** New indexes of a large database take their time; meanwhile the old ones answer. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Hub hub;
  private final DatabaseNames names;

  public Provisioner(Hub hub, DatabaseNames names) {
    this.hub = hub;
    this.names = names;
  }

  /** The version of the rules and indexes that this program brings. */
  public static int designVersion() {
    return DesignDocuments.VERSION;
  }

  /**
   * What was done.
   *
   * @param created databases that are new
   * @param found databases that were there
   * @param notes what the server does not do and can be lived without, one line each
   */
  public record Report(List<String> created, List<String> found, List<String> notes) {}

  /**
   * Creates what is missing: configuration, patches, status, incidents, the results of this week
   * and of the next, the archive of this month and of the next. Brings new indexes into older ones.
   *
   * @throws HubException with one line that says what to do; what was done until then stays
   */
  public Report provision(Instant now) {
    Report soFar = new Report(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    provide(names.config(), UNDIVIDED, DesignDocuments.config(), soFar);
    provide(names.patches(), UNDIVIDED, DesignDocuments.patches(), soFar);
    provide(names.status(), UNDIVIDED, DesignDocuments.status(), soFar);
    if (!hub.database(names.status()).setRevsLimit(STATUS_REVISIONS).isOk()) {
      soFar.notes.add("the hub keeps as many revisions of " + names.status() + " as it likes");
    }
    provide(names.incidents(), UNDIVIDED, DesignDocuments.incidents(), soFar);
    provideResults(now, soFar);
    renew(soFar);
    return new Report(
        List.copyOf(soFar.created), List.copyOf(soFar.found), List.copyOf(soFar.notes));
  }

  /**
   * Creates databases of results that are missing: of this week and month, and of the next.
   *
   * @throws HubException with one line that says what to do; what was done until then stays
   */
  public Report provideAhead(Instant now) {
    Report soFar = new Report(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    provideResults(now, soFar);
    return soFar;
  }

  private void provideResults(Instant now, Report soFar) {
    for (Instant week : List.of(now, now.plus(Duration.ofDays(7)))) {
      provide(names.live(week), OptionalInt.empty(), DesignDocuments.live(), soFar);
    }
    for (String month : names.archive(now, now.plus(Duration.ofDays(28)))) {
      provide(month, OptionalInt.empty(), DesignDocuments.archive(), soFar);
    }
  }

  /** Brings new indexes into the weeks and months that are there already. */
  private void renew(Report soFar) {
    HubDatabase config = hub.database(names.config());
    Outcome<List<String>> all = hub.databaseNames();
    if (all instanceof Outcome.Refused<List<String>>) {
      soFar.notes.add(
          "the hub does not list its databases: indexes of older results stay as they are");
      return;
    }
    for (String name : Answers.value(all, config, "list the databases")) {
      boolean isOurs = names.isLive(name) || names.isArchive(name);
      if (isOurs && !soFar.created.contains(name) && !soFar.found.contains(name)) {
        provide(
            name,
            OptionalInt.empty(),
            names.isLive(name) ? DesignDocuments.live() : DesignDocuments.archive(),
            soFar);
      }
    }
  }

  /** The databases that {@link #provision} sees to. */
  public List<String> needed(Instant now) {
    return List.of(
        names.config(),
        names.patches(),
        names.status(),
        names.incidents(),
        names.live(now),
        names.live(now.plus(Duration.ofDays(7))));
  }

  private void provide(String name, OptionalInt shards, JsonObject design, Report soFar) {
    HubDatabase database = hub.database(name);
    boolean isNew = Answers.value(database.create(shards), database, "create the database " + name);
    (isNew ? soFar.created : soFar.found).add(name);
    soFar.notes.addAll(isNew ? open(database) : closed(database));
    Answers.value(
        new DesignSwap(database, PATIENCE).install(design),
        database,
        "bring the rules and indexes into " + name);
  }

  /**
   * Makes a database of results, live or archived, that nobody made ahead, for whoever has the
   * right.
   *
   * @return whether it is there now, and open to the roles
   */
  public static boolean makeResults(HubDatabase database, DatabaseNames names) {
    JsonObject design =
        names.isArchive(database.name()) ? DesignDocuments.archive() : DesignDocuments.live();
    return database
        .create()
        .then(isNew -> isNew ? furnish(database, design) : new Outcome.Ok<>(""))
        .isOk();
  }

  private static Outcome<String> furnish(HubDatabase database, JsonObject design) {
    return database
        .setSecurity(security())
        .then(done -> new DesignSwap(database, PATIENCE).install(design));
  }

  /** Opens a database to the roles; a note where the server knows no rights of databases. */
  private static List<String> open(HubDatabase database) {
    Outcome<JsonElement> set = database.setSecurity(security());
    if (set instanceof Outcome.Unavailable<JsonElement>) {
      throw Answers.failure(set, database, "open the database " + database.name());
    }
    return set.isOk()
        ? List.of()
        : List.of("the hub sets no rights on %s (%s)".formatted(database.name(), set.inWords()));
  }

  /**
   * Opens a database that was there to the roles that came with a later version, where it stands as
   * an earlier one made it; where somebody has set other rights, notes which roles are shut out.
   */
  private static List<String> closed(HubDatabase database) {
    JsonElement members =
        database.security().ok().map(security -> security.get("members")).orElse(null);
    if (members == null) {
      return List.of();
    }
    if (members.equals(group(List.of(ROLE)))) {
      return open(database);
    }
    return ROLES.stream()
        .filter(role -> !isOpen(members, role))
        .map(role ->
            "the role %s has no right to %s: add it to the members in its _security"
                .formatted(role, database.name()))
        .toList();
  }

  private static boolean isOpen(JsonElement members, String role) {
    if (!(members instanceof JsonObject object)) {
      return true;
    }
    JsonArray names = array(object, "names");
    JsonArray roles = array(object, "roles");
    return roles.contains(new JsonPrimitive(role)) || (names.isEmpty() && roles.isEmpty());
  }

  private static JsonArray array(JsonObject object, String member) {
    return object.get(member) instanceof JsonArray array ? array : new JsonArray();
  }

  private static JsonObject security() {
    JsonObject security = new JsonObject();
    security.add("members", group(ROLES));
    security.add("admins", group(List.of("_admin")));
    return security;
  }

  private static JsonObject group(List<String> members) {
    JsonArray roles = new JsonArray();
    members.forEach(roles::add);
    JsonObject group = new JsonObject();
    group.add("names", new JsonArray());
    group.add("roles", roles);
    return group;
  }
}
