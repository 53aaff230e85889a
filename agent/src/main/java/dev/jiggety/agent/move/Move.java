package dev.jiggety.agent.move;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.replication.HttpPeer;
import dev.jiggety.agent.replication.MemoryQuarantine;
import dev.jiggety.agent.replication.PeerException;
import dev.jiggety.agent.replication.QuarantinedDocument;
import dev.jiggety.agent.replication.ReplicationOptions;
import dev.jiggety.agent.replication.Replicator;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.repository.couch.Answers;
import dev.jiggety.repository.couch.CouchRepositories;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One move from a hub to another. Every step can be done again, and does then what is left of it:
 * where a move was cut off nothing is lost, and the next one goes on. Nothing is deleted anywhere.
 * For one thread.
 */
public final class Move {
  /**
   * The member of a database's {@code _security} that says whose it was before it was shut. In a
   * local document it could be forged by whoever reads the database.
   */
  static final String BEFORE = "jiggety_before_move";

  private static final String USERS = "_users";
  private static final int STATUS_REVISIONS = 10;
  private static final int MOST_PASSES = 5;

  /** A manager says something every 15 seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(40);

  private final Hub source;
  private final Hub target;
  private final DatabaseNames names;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private final List<QuarantinedDocument> refused = new ArrayList<>();
  private final Map<String, Replicator> replicators = new HashMap<>();

  /**
   * A move that has not begun.
   *
   * @param source asked as an administrator of the server
   * @param target the same
   * @param progress hears one line a step
   */
  public Move(
      Hub source, Hub target, DatabaseNames names, InstantSource clock, Consumer<String> progress) {
    this.source = source;
    this.target = target;
    this.names = names;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * A database on both hubs.
   *
   * @param isSame whether both hold the same documents in the same revisions
   */
  public record Compared(String database, long documents, boolean isSame) {}

  /**
   * Copies everything while everybody goes on working with the source: databases, rights, rules,
   * accounts. Again, it copies what is new.
   *
   * @throws MoveException when a document cannot be copied
   * @throws PeerException when a hub does not answer, or does not let us in
   */
  public void copy() throws InterruptedException {
    requireAdministrators();
    for (String name : databases()) {
      try {
        copy(name);
      } catch (PeerException e) {
        if (e.kind() == PeerException.Kind.MISSING && !databases().contains(name)) {
          progress.accept(name + " was dropped meanwhile");
          continue;
        }
        throw e;
      }
    }
  }

  private void copy(String name) throws InterruptedException {
    HubDatabase from = source.database(name);
    HubDatabase to = target.database(name);
    if (!name.equals(USERS)) {
      Answers.value(to.create(shards(name)), to, "create the database " + name);
    } else if (to.info() instanceof Outcome.Missing<?>) {
      Answers.value(to.create(), to, "create the database " + name);
    }
    Replicator.Report report = replicator(name).run();
    if (!refused.isEmpty()) {
      QuarantinedDocument first = refused.getFirst();
      throw new MoveException(
          "%s refuses %s in %s: %s %s; nothing was cut over"
              .formatted(target.address(), first.id(), name, first.error(), first.reason()));
    }
    if (!name.equals(USERS)) {
      rules(from, to);
      rights(from, to);
    }
    progress.accept("%s: %d documents copied".formatted(name, report.written()));
  }

  private Replicator replicator(String name) {
    return replicators.computeIfAbsent(
        name,
        _ ->
            new Replicator(
                new MovedPeer(new HttpPeer(source.database(name))),
                new HttpPeer(target.database(name)),
                ReplicationOptions.defaults(),
                _ -> new MemoryQuarantine(),
                refused::add,
                clock,
                RandomGenerator.getDefault()));
  }

  /** After the documents: rules are for what is written anew, not for what was. */
  private static void rules(HubDatabase from, HubDatabase to) {
    List<DocumentRow> designs =
        Answers.value(from.allDocs(IdRange.startingWith("_design/")), from, "read the rules");
    for (DocumentRow row : designs) {
      JsonObject design = row.document();
      if (design == null) {
        continue;
      }
      JsonObject wanted = design.deepCopy();
      wanted.remove("_rev");
      Optional<JsonObject> there = Answers.find(to, row.id(), "read the rules");
      JsonObject found = there.map(JsonObject::deepCopy).orElseGet(JsonObject::new);
      JsonElement rev = found.remove("_rev");
      if (!wanted.equals(found)) {
        if (rev != null) {
          wanted.add("_rev", rev);
        }
        Answers.value(to.put(wanted), to, "bring the rules into " + to.name());
      }
    }
  }

  private void rights(HubDatabase from, HubDatabase to) {
    JsonObject security =
        locked(from).orElseGet(() -> Answers.value(from.security(), from, "read the rights"));
    Answers.value(to.setSecurity(security), to, "set the rights of " + to.name());
    if (to.name().equals(names.status()) && !to.setRevsLimit(STATUS_REVISIONS).isOk()) {
      progress.accept("note: " + target.address() + " keeps as many revisions as it likes");
    }
  }

  private OptionalInt shards(String name) {
    // What everybody listens to is cheapest undivided; results are what a cluster divides.
    return names.isLive(name) || names.isArchive(name) ? OptionalInt.empty() : OptionalInt.of(1);
  }

  /** Compares both hubs. While the source is written to, what is new shows as a difference. */
  public List<Compared> compare() {
    List<Compared> compared = new ArrayList<>();
    for (String name : databases()) {
      Content here = Content.of(new HttpPeer(source.database(name)));
      Content there = Content.of(new HttpPeer(target.database(name)));
      compared.add(new Compared(name, here.documents(), here.equals(there)));
    }
    return compared;
  }

  /**
   * Ends the source's part: shuts everybody but administrators out of it, copies what came last,
   * and makes sure that both hubs hold the same. Nodes keep their results meanwhile.
   *
   * @throws MoveException when a manager is still there, or the hubs differ; then the source stays
   *     shut until this is done again, or {@link #undo}
   */
  public List<Compared> cutOver() throws InterruptedException {
    requireAdministrators();
    refuseManagers();
    for (String name : databases()) {
      if (!name.equals(USERS)) {
        lock(source.database(name));
      }
    }
    progress.accept("the old hub is shut; nodes keep their results from now on");
    List<Compared> compared = List.of();
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      copy();
      compared = compare();
      if (compared.stream().allMatch(Compared::isSame)) {
        return compared;
      }
    }
    throw new MoveException(
        "the hubs differ in %s: look for who still writes to %s as an administrator, then repeat"
            .formatted(
                compared.stream().filter(one -> !one.isSame()).map(Compared::database).toList(),
                source.address()));
  }

  /** Opens the source again as it was before. The target is left as it is. */
  public void undo() {
    requireAdministrators();
    for (String name : databases()) {
      HubDatabase database = source.database(name);
      locked(database)
          .ifPresent(before -> {
            Answers.value(database.setSecurity(before), database, "open the database " + name);
            progress.accept(name + " is open again");
          });
    }
  }

  /** At once and with what was before, so that nothing comes between. */
  private static void lock(HubDatabase database) {
    if (locked(database).isPresent()) {
      return;
    }
    JsonObject security = new JsonObject();
    security.add("admins", group());
    security.add("members", group());
    security.add(BEFORE, Answers.value(database.security(), database, "read the rights"));
    Answers.value(database.setSecurity(security), database, "shut the database");
  }

  private static JsonObject group() {
    JsonArray roles = new JsonArray();
    roles.add("_admin");
    JsonObject group = new JsonObject();
    group.add("names", new JsonArray());
    group.add("roles", roles);
    return group;
  }

  private static Optional<JsonObject> locked(HubDatabase database) {
    return Answers.value(database.security(), database, "read the rights").get(BEFORE)
            instanceof JsonObject before
        ? Optional.of(before)
        : Optional.empty();
  }

  /** A manager may be an administrator, whom no right shuts out. */
  private void refuseManagers() {
    Instant now = clock.instant();
    for (ManagerReport manager : new CouchRepositories(source, names).health().managers()) {
      Duration silent = Duration.between(manager.heartbeatAt(), now);
      if (silent.compareTo(SILENCE) < 0) {
        throw new MoveException(
            "the manager %s was heard of %d s ago: stop it, wait until it is silent for %d s, repeat"
                .formatted(manager.name(), Math.max(silent.toSeconds(), 0), SILENCE.toSeconds()));
      }
    }
  }

  private List<String> databases() {
    List<String> all =
        Answers.value(
            source.databaseNames(), source.database(names.config()), "list the databases");
    return all.stream()
        .filter(name -> name.startsWith(names.prefix()) || name.equals(USERS))
        .sorted()
        .toList();
  }

  private void requireAdministrators() {
    for (Hub hub : List.of(source, target)) {
      JsonObject session =
          Answers.value(hub.session(), hub.database(names.config()), "ask who we are");
      boolean isAdmin =
          session.get("userCtx") instanceof JsonObject user
              && user.get("roles") instanceof JsonArray roles
              && roles.contains(new JsonPrimitive("_admin"));
      if (!isAdmin) {
        throw new MoveException(
            "not an administrator of %s: give the account of one".formatted(hub.address()));
      }
    }
  }
}
