package dev.jiggety.agent.replication;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.MissingRevisions;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.couch.ChangesFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives a sequence with every fifth row only. */
record SparsePeer(MemoryPeer inner) implements Peer {
  @Override
  public String identity() {
    return inner.identity();
  }

  @Override
  public PeerInfo info() {
    return inner.info();
  }

  @Override
  public Optional<JsonObject> local(String id) {
    return inner.local(id);
  }

  @Override
  public String putLocal(String id, JsonObject document) {
    return inner.putLocal(id, document);
  }

  @Override
  public String filterCode(ChangesFilter filter) {
    return inner.filterCode(filter);
  }

  @Override
  public ChangesPage changes(ChangesRequest request) {
    var page = inner.changes(request);
    var rows =
        page.rows().stream()
            .map(row ->
                row.seq().getAsLong() % 5 == 0
                    ? row
                    : new ChangesPage.Row(null, row.id(), row.leaves()))
            .toList();
    return new ChangesPage(rows, page.lastSeq(), page.pending());
  }

  @Override
  public Map<String, MissingRevisions> revsDiff(Map<String, List<Revision>> revisions) {
    return inner.revsDiff(revisions);
  }

  @Override
  public Fetched fetch(List<WantedRevisions> wanted, long maxBytes) {
    return inner.fetch(wanted, maxBytes);
  }

  @Override
  public StoreAnswer store(List<WireDocument> documents) {
    return inner.store(documents);
  }
}
