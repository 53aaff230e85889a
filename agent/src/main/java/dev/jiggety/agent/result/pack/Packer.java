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

  private final String node;
  private final Databases databases;
  private final DatabaseNames names;
  private final Ledger ledger;
  private final PackShelf hub;
  private final LocalPacks local;
  private final Instant born;
  private final Map<String, Long> collected = new ConcurrentHashMap<>();

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
    if (pushed.isEmpty()) {
      return;
    }
    if (ledger.horizon(born).isBefore(cut)) {
      ledger.horizonAt(cut); // before anything goes: of what is older the hub is asked from now on
    }
    local.purge(pushed, cut);
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

  private void pack(Instant before) throws SQLException {
    Instant horizon = ledger.horizon(born);
    while (true) {
      List<Ledger.Slot> due = ledger.hoursBefore(before, SLOTS_AT_ONCE);
      int done = 0;
      for (Ledger.Slot slot : due) {
        String ids = Ids.packsFrom(slot.test(), slot.from());
        Instant end = slot.from().plus(Duration.ofHours(1));
        Optional<List<JsonObject>> known = known(slot, end.isAfter(horizon), ids);
        if (known.isPresent()) {
          pack(slot, known.get());
          done++;
        }
      }
      finish();
      if (done == 0 || due.size() < SLOTS_AT_ONCE) {
        return; // what is left waits for the hub
      }
    }
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
    List<Ledger.Slot> due = ledger.daysBefore(before, SLOTS_AT_ONCE);
    while (!due.isEmpty()) {
      int done = 0;
      for (Ledger.Slot slot : due) {
        Instant end = slot.from().plus(Duration.ofDays(1));
        if (!ledger.waits(slot.from(), end) && rollUp(slot, horizon)) {
          done++;
        }
      }
      finish();
      due = done == 0 ? List.of() : ledger.daysBefore(before, SLOTS_AT_ONCE);
    }
  }

  private boolean rollUp(Ledger.Slot slot, Instant horizon) throws SQLException {
    Instant end = slot.from().plus(Duration.ofDays(1));
    Optional<List<JsonObject>> days =
        known(slot, end.isAfter(horizon), Ids.daysFrom(slot.test(), slot.from()));

    if (days.isEmpty()) {
      return false;
    }
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
            days.get().stream().map(PackDocument.DAY::read).toList());
    ledger.rolledUp(slot, made(day));
    return true;
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
    return hub.packs(database, prefix(ids))
        .map(there -> {
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
