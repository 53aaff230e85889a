package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.HubRole;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Makes a hub ready: its databases with their design documents, each open to the roles that have
 * business there. What is there already stays as it is, but for design documents of an older
 * version, so that it can be run again at any time, and should be once a week for the next weeks'
 * results.
 */
public final class Provisioner {
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
   * Creates what is missing: configuration, patches, status, incidents, enrolment, bundles, the
   * results of this week and of the next, the archive of this month and of the next. Brings new
   * indexes into older ones.
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
    provide(names.enrolment(), UNDIVIDED, DesignDocuments.enrolment(), soFar);
    provide(names.bundles(), UNDIVIDED, DesignDocuments.bundles(), soFar);
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
        names.enrolment(),
        names.bundles(),
        names.live(now),
        names.live(now.plus(Duration.ofDays(7))));
  }

  /**
   * Who opens a database of ours, reads all of it, and writes there what its rules allow.
   *
   * @throws IllegalArgumentException if it is none of ours
   */
  public static Set<HubRole> members(String database, DatabaseNames names) {
    if (database.equals(names.patches()) || database.equals(names.incidents())) {
      return EnumSet.complementOf(EnumSet.of(HubRole.NODE, HubRole.GUEST));
    }
    if (database.equals(names.enrolment())) {
      return EnumSet.of(HubRole.OPERATOR, HubRole.MANAGER, HubRole.GUEST);
    }
    boolean isForAll =
        List.of(names.config(), names.status(), names.bundles()).contains(database)
            || names.isLive(database)
            || names.isArchive(database);
    if (isForAll) {
      return EnumSet.complementOf(EnumSet.of(HubRole.GUEST));
    }
    throw new IllegalArgumentException(database + " is no database of ours");
  }

  private void provide(String name, OptionalInt shards, JsonObject design, Report soFar) {
    HubDatabase database = hub.database(name);
    boolean isNew = Answers.value(database.create(shards), database, "create the database " + name);
    (isNew ? soFar.created : soFar.found).add(name);
    soFar.notes.addAll(new Membership(database, members(name, names)).see(isNew));
    Answers.value(
        new DesignSwap(database, PATIENCE).install(design),
        database,
        "bring the rules and indexes into " + name);
  }

  /**
   * Makes a database of results, live or archived, that nobody made ahead, for whoever has the
   * right.
   *
   * @return whether it is there now, and open to its members
   */
  public static boolean makeResults(HubDatabase database, DatabaseNames names) {
    JsonObject design =
        names.isArchive(database.name()) ? DesignDocuments.archive() : DesignDocuments.live();
    Membership membership = new Membership(database, members(database.name(), names));
    return database
        .create()
        .then(isNew -> isNew ? furnish(database, membership, design) : new Outcome.Ok<>(""))
        .isOk();
  }

  private static Outcome<String> furnish(
      HubDatabase database, Membership membership, JsonObject design) {
    return membership.open().then(done -> new DesignSwap(database, PATIENCE).install(design));
  }
}
