package dev.jiggety.agent.result;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.WriteOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Batches in the node's own replicas of the live databases. */
public final class LocalBatches implements BatchStore {
  private final Databases databases;
  private final ToLongFunction<String> mayGoUpTo;

  /** In these databases; nothing hinders that a batch goes when the hub has it. */
  public LocalBatches(Databases databases) {
    this(databases, database -> Long.MAX_VALUE);
  }

  /**
   * In these databases.
   *
   * @param mayGoUpTo up to which sequence the batches of a database may go; called on the outbox'
   *     thread, so it must not wait
   */
  public LocalBatches(Databases databases, ToLongFunction<String> mayGoUpTo) {
    this.databases = databases;
    this.mayGoUpTo = mayGoUpTo;
  }

  @Override
  public boolean mayPurge(String database, String id) {
    long limit = mayGoUpTo.applyAsLong(database);
    return databases
        .find(database)
        .flatMap(store -> store.get(id))
        .map(document -> document.seq() <= limit)
        .orElse(true);
  }

  @Override
  public long store(String database, JsonObject document) {
    DocumentStore store = databases.findOrCreate(database);
    String id = document.get("_id").getAsString();
    JsonObject body = document.deepCopy();
    Revision rev = Revision.parse(body.remove("_rev").getAsString());
    List<WriteOutcome> outcomes =
        store.bulk(List.of(DocumentWrite.replicated(id, body, List.of(rev), false)), false);
    if (!(outcomes.getFirst() instanceof WriteOutcome.Stored)) {
      throw new IllegalStateException("the local store refused " + outcomes.getFirst());
    }
    return store.get(id).orElseThrow().seq();
  }

  @Override
  public void purge(String database, Map<String, String> revisions) {
    databases
        .find(database)
        .ifPresent(store -> {
          Map<String, List<Revision>> wanted = new HashMap<>();
          revisions.forEach((id, rev) -> wanted.put(id, List.of(Revision.parse(rev))));
          store.purge(wanted);
        });
  }
}
