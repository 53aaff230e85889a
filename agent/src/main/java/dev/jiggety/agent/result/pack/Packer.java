package dev.jiggety.agent.result.pack;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.Change;
import dev.jiggety.agent.store.ChangesQuery;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.PackDocument;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Pack;
import dev.jiggety.model.Point;
import dev.jiggety.model.Run;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.rules.Packing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Packs what a node measured. A turn reads on in the live databases, packs every hour that is over,
 * and rolls up every day that is. Each step is durable before the next one begins, and done again
 * it changes nothing: the process may be killed between any two. A test-hour is in memory at a
 * time, however many there are. For one thread.
 */
final class Packer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Packer.class.getName());

  /** Results of an hour's last runs are in batches by then, also of a node that flushes slowly. */
  static final Duration GRACE = Duration.ofMinutes(2);

  /** The last hours of a day are packed by then. */
  static final Duration DAY_GRACE = GRACE.plusMinutes(15);

  /** How long packs stay here after the hub has them; of older hours it is asked for them. */
  static final Duration KEEP = Duration.ofDays(3);

  private static final int BATCHES_AT_ONCE = 50;
  private static final int SLOTS_AT_ONCE = 200;
  private static final int MOST_TOLD = 100;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Ledger.Slot BEGINNING = Ledger.Slot.at(Instant.ofEpochMilli(Long.MIN_VALUE));

  private final String node;
  private final Databases databases;
  private final DatabaseNames names;
  private final Ledger ledger;
  private final PackShelf hub;
  private final LocalPacks local;
  private final Instant born;
  private final Map<String, Long> collected = new ConcurrentHashMap<>();
  private final Set<Ledger.Slot> unreadable = new HashSet<>();
  private boolean isHubAway;

  Packer(
      String node,
      Databases databases,
      DatabaseNames names,
      Ledger ledger,
      PackShelf hub,
      Instant now) {
    this.node = node;
    this.databases = databases;
    this.names = names;
    this.ledger = ledger;
    this.hub = hub;
    this.local = new LocalPacks(databases, names);
    this.born = Packing.hour(now);
  }

  /**
   * Reads, packs and rolls up all that can be.
   *
   * @param unfinished no run planned before that is going on any more
   */
  void turn(Instant now, Instant unfinished) throws SQLException {
    isHubAway = false;
    finish();
    collect();
    Instant quiet = now.minus(GRACE);
    Instant over = unfinished.isBefore(quiet) ? unfinished : quiet;
    pack(Packing.hour(over));
    rollUp(Packing.day(now.minus(DAY_GRACE)));
  }

  /**
   * Up to which local sequence the batches of a live database are noted for packing, as of the last
   * turn; for any thread.
   */
  long collectedUpTo(String database) {
    return collected.getOrDefault(database, 0L);
  }

  /** Whether something measured in a span is not in a pack yet. */
  boolean waits(Instant from, Instant to) throws SQLException {
    return ledger.waits(from, to);
  }

  /**
   * Drops old packs that the hub has.
   *
   * @param pushed up to which sequence, by database
   */
  void purge(Map<String, Long> pushed, Instant now) throws SQLException {
    Instant before = Packing.day(now.minus(KEEP));
    Instant oldest = ledger.oldestDay().orElse(before);
    Instant cut = oldest.isBefore(before) ? oldest : before;
    for (Map.Entry<String, Long> entry : pushed.entrySet()) {
      LocalPacks.Old old = local.old(entry.getKey(), entry.getValue(), cut);
      if (old.revisions().isEmpty()) {
        continue;
      }
      // Before anything goes: of what ends there or before it the hub is asked from now on. No
      // farther than what goes: a clock that is a year ahead for a while must not make all of that
      // year a matter of the hub.
      if (ledger.horizon(born).isBefore(old.end())) {
        ledger.horizonAt(old.end());
      }
      local.purge(entry.getKey(), old);
    }
  }

  @Override
  public void close() throws SQLException {
    ledger.close();
  }

  /** What was decided goes into the archive, also that of a life before. */
  private void finish() throws SQLException {
    List<Ledger.Made> made = ledger.made();
    if (!made.isEmpty()) {
      local.store(made);
      ledger.stored(made);
    }
  }

  private void collect() throws SQLException {
    for (String name : databases.list()) {
      if (names.isLive(name)) {
        Optional<DocumentStore> store = databases.find(name);
        if (store.isPresent()) {
          collect(store.get());
        }
      }
    }
  }

  private void collect(DocumentStore store) throws SQLException {
    String uuid = store.uuid();
    long position = ledger.position(uuid);
    while (true) {
      List<Batch> batches = new ArrayList<>();
      long last = position;
      try (var rows =
          store.changes(ChangesQuery.since(position).withLimit(BATCHES_AT_ONCE).withDocs())) {
        while (rows.hasNext()) {
          Change row = rows.next();
          last = row.seq();
          read(row).ifPresent(batches::add);
        }
      }
      if (last == position) {
        collected.put(store.name(), position);
        return;
      }
      position = last;
      long reached = last;
      ledger.inOneTransaction(() -> {
        for (Batch batch : batches) {
          note(batch);
        }
        ledger.position(uuid, store.name(), reached);
      });
    }
  }

  private static Optional<Batch> read(Change row) {
    var document = row.document();
    if (document == null || row.deleted() || !row.id().startsWith("batch:")) {
      return Optional.empty();
    }
    JsonObject json = document.body();
    json.addProperty("_id", row.id());
    try {
      return Optional.of(BatchDocument.TYPE.read(json));
    } catch (DocumentException e) {
      LOG.log(Level.ERROR, "{0} cannot be packed: {1}", row.id(), e.getMessage());
      return Optional.empty();
    }
  }

  private void note(Batch batch) throws SQLException {
    for (Run run : batch.runs()) {
      ledger.run(Packing.hour(run.plannedAt()), run.testId(), run.plannedAt(), RunText.write(run));
    }
    for (SkippedSlots slots : batch.skipped()) {
      boolean isMissed = slots.why() == SkippedSlots.Why.MISSED;
      for (var entry : Packing.skipped(slots).entrySet()) {
        ledger.skipped(
            entry.getKey(),
            slots.testId(),
            isMissed ? entry.getValue() : 0,
            isMissed ? 0 : entry.getValue());
      }
    }
  }

  /** What needs no hub comes first, so that a hub that is away keeps nothing else waiting. */
  private void pack(Instant before) throws SQLException {
    Instant horizon = ledger.horizon(born);
    each(ledger::hours, behind(horizon, HOUR), before, slot -> packOne(slot, true));
    each(ledger::hours, BEGINNING, end(horizon, HOUR, before), slot -> packOne(slot, false));
  }

  private void packOne(Ledger.Slot slot, boolean isAllHere) throws SQLException {
    Optional<List<JsonObject>> known =
        known(slot, isAllHere, Ids.packsFrom(slot.test(), slot.from()));
    if (known.isPresent()) {
      pack(slot, known.get());
    }
  }

  private interface Page {
    List<Ledger.Slot> read(Ledger.Slot after, Instant before, int most) throws SQLException;
  }

  private interface Step {
    void take(Ledger.Slot slot) throws SQLException;
  }

  /** Takes each slot once, some at a time; one that cannot be done now waits for the next turn. */
  private void each(Page page, Ledger.Slot first, Instant before, Step step) throws SQLException {
    Ledger.Slot last = first;
    List<Ledger.Slot> due;
    do {
      due = page.read(last, before, SLOTS_AT_ONCE);
      for (Ledger.Slot slot : due) {
        last = slot;
        try {
          step.take(slot);
        } catch (DocumentException e) {
          unreadable(slot, e);
        }
      }
      finish();
    } while (due.size() == SLOTS_AT_ONCE);
  }

  private void unreadable(Ledger.Slot slot, DocumentException e) {
    if (unreadable.size() < MOST_TOLD && unreadable.add(slot)) {
      LOG.log(
          Level.ERROR,
          "what was measured of {0} from {1} on is not packed: what is packed of it already cannot"
              + " be read: {2}",
          slot.test(),
          slot.from(),
          e.getMessage());
    }
  }

  /** Behind the slots that end at a time or before it. */
  private static Ledger.Slot behind(Instant time, Duration length) {
    return Ledger.Slot.at(time.minus(length).plusMillis(1));
  }

  private static Instant end(Instant horizon, Duration length, Instant before) {
    Instant end = behind(horizon, length).from();
    return end.isBefore(before) ? end : before;
  }

  private void pack(Ledger.Slot slot, List<JsonObject> known) throws SQLException {
    Ledger.Waiting waiting = ledger.waiting(slot);
    Set<Instant> packed = new HashSet<>();
    int part = 1;
    for (JsonObject document : known) {
      PackDocument.points(document).forEach(point -> packed.add(point.plannedAt()));
      part = Math.max(part, PackDocument.key(document).part() + 1);
    }
    List<Point> points =
        waiting.points().stream().filter(point -> !packed.contains(point.plannedAt())).toList();
    Pack pack =
        Packing.hour(
            slot.test(), node, slot.from(), part, points, waiting.missed(), waiting.suppressed());
    ledger.packed(slot, Packing.day(slot.from()), made(pack));
  }

  private void rollUp(Instant before) throws SQLException {
    Instant horizon = ledger.horizon(born);
    each(ledger::days, behind(horizon, DAY), before, slot -> rollUpOne(slot, true));
    each(ledger::days, BEGINNING, end(horizon, DAY, before), slot -> rollUpOne(slot, false));
  }

  private void rollUpOne(Ledger.Slot slot, boolean isAllHere) throws SQLException {
    if (ledger.hasUnpacked(slot.from(), slot.from().plus(DAY))) {
      return;
    }
    Optional<List<JsonObject>> days =
        known(slot, isAllHere, Ids.daysFrom(slot.test(), slot.from()));
    if (days.isPresent()) {
      rollUp(slot, days.get());
    }
  }

  private void rollUp(Ledger.Slot slot, List<JsonObject> days) throws SQLException {
    List<Pack> hours = new ArrayList<>();
    String database = names.archive(slot.from());
    for (int i = 0; i < 24; i++) {
      Instant hour = slot.from().plus(Duration.ofHours(i));
      for (JsonObject document : local.packs(database, prefix(Ids.packsFrom(slot.test(), hour)))) {
        hours.add(PackDocument.HOUR.read(document));
      }
    }
    Pack day =
        Packing.day(
            slot.test(),
            node,
            slot.from(),
            hours,
            days.stream().map(PackDocument.DAY::read).toList());
    ledger.rolledUp(slot, made(day));
  }

  /**
   * What there is already: here, and of old hours at the hub; empty when that cannot tell. Nothing
   * is packed before its span is over, so what ends behind the horizon is all here.
   */
  private Optional<List<JsonObject>> known(Ledger.Slot slot, boolean isAllHere, String ids) {
    String database = names.archive(slot.from());
    List<JsonObject> here = local.packs(database, prefix(ids));
    if (isAllHere) {
      return Optional.of(here);
    }
    Optional<List<JsonObject>> known =
        isHubAway ? Optional.empty() : hub.packs(database, prefix(ids));
    isHubAway = known.isEmpty(); // then nobody waits for it again in this turn
    return known.map(there -> {
      Map<String, JsonObject> all = new TreeMap<>();
      there.forEach(document -> all.put(document.get("_id").getAsString(), document));
      here.forEach(document -> all.put(document.get("_id").getAsString(), document));
      return List.copyOf(all.values());
    });
  }

  private String prefix(String ids) {
    return ids + ":" + node + ":";
  }

  private Optional<Ledger.Made> made(Pack pack) {
    if (Packing.isNothing(pack.summary())) {
      return Optional.empty();
    }
    JsonObject document = PackDocument.document(pack);
    return Optional.of(
        new Ledger.Made(
            document.get("_id").getAsString(), names.archive(pack.from()), document.toString()));
  }
}
