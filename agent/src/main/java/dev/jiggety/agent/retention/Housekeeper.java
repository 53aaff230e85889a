package dev.jiggety.agent.retention;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.couch.Answers;
import dev.jiggety.repository.couch.ArchiveCheck;
import dev.jiggety.repository.couch.Provisioner;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Makes the next databases of results and drops old ones. What goes is recorded before it goes, in
 * a document {@code dropped:<database>}, so that a manager that takes over in the middle finishes
 * it and records nothing twice. For one thread.
 */
public final class Housekeeper {
  private static final Logger LOG = System.getLogger(Housekeeper.class.getName());

  private final Hub hub;
  private final DatabaseNames names;

  /** For a hub, with the rights to make and drop databases. */
  public Housekeeper(Hub hub, DatabaseNames names) {
    this.hub = hub;
    this.names = names;
  }

  /**
   * What was done.
   *
   * @param made databases that are new
   * @param dropped databases that are gone
   * @param bytes what the databases that stay take, indexes not counted
   * @param notes what somebody should know, one line each
   */
  public record Report(List<String> made, List<String> dropped, long bytes, List<String> notes) {}

  /**
   * Does what is due; what was done until a failure stays.
   *
   * @param by the manager's name, for the record
   * @param isOver asked before each step: then nothing more is done
   * @throws HubException when the hub cannot be asked, or a right is missing
   */
  public Report turn(RetentionPlan.Limits limits, Instant now, String by, BooleanSupplier isOver) {
    List<String> notes = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    if (isOver.getAsBoolean()) {
      return new Report(List.of(), dropped, 0, notes);
    }
    Provisioner.Report ahead = new Provisioner(hub, names).provideAhead(now);
    notes.addAll(ahead.notes());
    List<RetentionPlan.Held> held = held(limits, now, notes);
    long bytes = held.stream().mapToLong(RetentionPlan.Held::bytes).sum();
    for (RetentionPlan.Drop drop : RetentionPlan.drops(held, limits, now)) {
      if (isOver.getAsBoolean()) {
        break;
      }
      record(drop, now, by);
      HubDatabase database = hub.database(drop.held().name());
      Answers.value(database.drop(), database, "drop the database " + database.name());
      LOG.log(Level.INFO, "dropped {0} ({1})", database.name(), label(drop.why()));
      dropped.add(database.name());
      bytes -= drop.held().bytes();
    }
    if (limits.diskBudget() > 0 && bytes > limits.diskBudget()) {
      notes.add(
          "results take %,d bytes, more than the %,d that they may, and what is left is written now"
              .formatted(bytes, limits.diskBudget()));
    }
    return new Report(ahead.created(), dropped, bytes, notes);
  }

  private List<RetentionPlan.Held> held(
      RetentionPlan.Limits limits, Instant now, List<String> notes) {
    List<RetentionPlan.Held> all = new ArrayList<>();
    HubDatabase config = hub.database(names.config());
    ArchiveCheck archive = new ArchiveCheck(hub, names);
    for (String name : Answers.value(hub.databaseNames(), config, "list the databases")) {
      if (names.isLive(name) || names.isArchive(name)) {
        ResultDatabases.held(names, name, bytes(name))
            .map(held -> examined(held, archive, limits, now, notes))
            .ifPresent(all::add);
      }
    }
    return all;
  }

  private static RetentionPlan.Held examined(
      RetentionPlan.Held held,
      ArchiveCheck archive,
      RetentionPlan.Limits limits,
      Instant now,
      List<String> notes) {
    if (!RetentionPlan.isDue(held, limits, now) && limits.diskBudget() == 0) {
      return held;
    }
    if (!held.isLive() || held.to().isAfter(now)) {
      return held;
    }
    long unpacked = archive.unpacked(held.from(), held.to());
    if (unpacked > 0 && RetentionPlan.isDue(held, limits, now)) {
      notes.add(
          "%s waits: %,d runs in it were never packed; it goes on %s at the latest"
              .formatted(held.name(), unpacked, held.to().plus(limits.liveFor().multipliedBy(2))));
    }
    return new RetentionPlan.Held(
        held.name(),
        held.isLive(),
        held.from(),
        held.to(),
        held.bytes(),
        OptionalLong.of(unpacked));
  }

  private long bytes(String name) {
    return hub.database(name)
        .info()
        .ok()
        .map(info -> info.raw().get("sizes"))
        .filter(JsonObject.class::isInstance)
        .map(sizes -> ((JsonObject) sizes).get("file").getAsLong())
        .orElse(0L);
  }

  private void record(RetentionPlan.Drop drop, Instant now, String by) {
    RetentionPlan.Held held = drop.held();
    JsonObject document = new JsonObject();
    document.addProperty("_id", "dropped:" + held.name());
    document.addProperty("type", "dropped");
    document.addProperty("schema", 1);
    document.addProperty("database", held.name());
    document.addProperty("at", now.toEpochMilli());
    document.addProperty("why", label(drop.why()));
    document.addProperty("from", held.from().toEpochMilli());
    document.addProperty("to", held.to().toEpochMilli());
    document.addProperty("bytes", held.bytes());
    if (held.isLive()) {
      document.addProperty("unpacked", held.unpacked().orElse(-1));
    }
    document.addProperty("by", by);
    HubDatabase incidents = hub.database(names.incidents());
    Outcome<String> stored = incidents.put(document);
    if (!(stored instanceof Outcome.Conflict<String>)) { // else it was begun before
      Answers.value(stored, incidents, "record that " + held.name() + " is dropped");
    }
  }

  private static String label(RetentionPlan.Why why) {
    return why.name().toLowerCase(Locale.ROOT);
  }
}
