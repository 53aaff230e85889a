package dev.jiggety.agent.node;

import com.google.gson.JsonObject;
import dev.jiggety.agent.result.pack.PackLoop;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The node's packs: made, pushed like batches, and gone from here when the hub has them. */
final class NodePacks implements AutoCloseable {
  private final Databases databases;
  private final DatabaseNames names;
  private final InstantSource clock;
  private final PackLoop loop;
  private volatile Supplier<Instant> oldestRun = () -> Instant.MAX;

  /**
   * Begins to pack.
   *
   * @throws UncheckedIOException with one line, when the ledger cannot be opened
   */
  NodePacks(NodeConfig config, InstantSource clock, Databases databases, Hub hub) {
    this.databases = databases;
    this.names = config.names();
    this.clock = clock;
    this.loop =
        PackLoop.start(
            config.data().resolve("packs.db"),
            new PackLoop.Source(
                config.name(),
                databases,
                names,
                (database, prefix) -> atHub(hub.database(database), prefix),
                clock,
                () -> oldestRun.get()));
  }

  private static Optional<List<JsonObject>> atHub(HubDatabase database, String prefix) {
    return switch (database.allDocs(IdRange.startingWith(prefix))) {
      case Outcome.Ok<List<DocumentRow>>(List<DocumentRow> rows) ->
          Optional.of(rows.stream().map(DocumentRow::document).filter(Objects::nonNull).toList());
      case Outcome.Missing<List<DocumentRow>> none -> Optional.of(List.of());
      default -> Optional.empty();
    };
  }

  /** Who knows which runs are going on; no hour of theirs is packed meanwhile. */
  void oldestRun(Supplier<Instant> planned) {
    oldestRun = planned;
  }

  /** Up to which local sequence the batches of a live database are noted for packing. */
  long collectedUpTo(String database) {
    return loop.collectedUpTo(database);
  }

  /** What is wrong, one line; empty when nothing is. */
  String trouble() {
    return loop.trouble();
  }

  /**
   * Drops what is packed and at the hub: old packs, then whole weeks and months.
   *
   * @param inUse live databases with batches that the hub lacks, or has not had for long
   */
  void tidy(ResultPush push, Set<String> inUse) {
    Map<String, Long> pushed = push.pushed();
    loop.purge(pushed);
    loop.whilePaused(() -> {
      Instant yesterday = clock.instant().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.DAYS);
      boolean isPacked = loop.isPacked(Instant.EPOCH, yesterday) && push.hasAllPacks();
      push.dropOld(name ->
          names.isLive(name)
              ? isPacked && !inUse.contains(name) && isUnchanged(name, pushed)
              : isEmpty(databases, name));
    });
  }

  /** Whether nothing was written that is not noted for packing, and at the hub. */
  private boolean isUnchanged(String name, Map<String, Long> pushed) {
    long known = Math.min(loop.collectedUpTo(name), pushed.getOrDefault(name, 0L));
    return databases.find(name).map(DocumentStore::info).stream()
        .allMatch(info -> info.updateSeq() <= known);
  }

  private static boolean isEmpty(Databases databases, String name) {
    return databases.find(name).map(DocumentStore::info).stream()
        .noneMatch(info -> info.docCount() > 0);
  }

  @Override
  public void close() {
    loop.close();
  }
}
