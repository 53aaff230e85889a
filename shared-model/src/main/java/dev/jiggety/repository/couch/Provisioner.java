package dev.jiggety.repository.couch;

import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Makes a hub ready: its databases. What is there already stays as it is, so that it can be run
 * again at any time, and should be once a week for the next weeks' results.
 */
public final class Provisioner {
  /** Nobody looks at old heartbeats, and nobody edits them against each other. */
  private static final int STATUS_REVISIONS = 10;

  /** One shard: a database that everybody listens to is cheapest undivided. */
  private static final OptionalInt UNDIVIDED = OptionalInt.of(1);

  private final Hub hub;
  private final DatabaseNames names;

  public Provisioner(Hub hub, DatabaseNames names) {
    this.hub = hub;
    this.names = names;
  }

  /**
   * What was done.
   *
   * @param created databases that are new
   * @param found databases that were there
   * @param notes what the server does not do and can be lived without, one line each
   */
  public record Report(List<String> created, List<String> found, List<String> notes) {
    public Report {
      created = List.copyOf(created);
      found = List.copyOf(found);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Creates what is missing: configuration, status, the results of this week and of the next.
   *
   * @throws HubException with one line that says what to do; what was done until then stays
   */
  public Report provision(Instant now) {
    List<String> created = new ArrayList<>();
    List<String> found = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    create(names.config(), UNDIVIDED, created, found);
    create(names.status(), UNDIVIDED, created, found);
    if (!hub.database(names.status()).setRevsLimit(STATUS_REVISIONS).isOk()) {
      notes.add("the hub keeps as many revisions of " + names.status() + " as it likes");
    }
    create(names.live(now), OptionalInt.empty(), created, found);
    create(names.live(now.plus(Duration.ofDays(7))), OptionalInt.empty(), created, found);
    return new Report(created, found, notes);
  }

  private void create(String name, OptionalInt shards, List<String> created, List<String> found) {
    HubDatabase database = hub.database(name);
    boolean isNew = Answers.value(database.create(shards), database, "create the database " + name);
    (isNew ? created : found).add(name);
  }
}
