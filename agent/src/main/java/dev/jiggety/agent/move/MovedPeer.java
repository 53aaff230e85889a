package dev.jiggety.agent.move;

import com.google.gson.JsonObject;
import dev.jiggety.agent.replication.ChangesPage;
import dev.jiggety.agent.replication.ChangesRequest;
import dev.jiggety.agent.replication.Fetched;
import dev.jiggety.agent.replication.Peer;
import dev.jiggety.agent.replication.PeerInfo;
import dev.jiggety.agent.replication.StoreAnswer;
import dev.jiggety.agent.replication.WantedRevisions;
import dev.jiggety.agent.replication.WireDocument;
import dev.jiggety.agent.store.MissingRevisions;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.couch.ChangesFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A database without the documents that do not move; see {@link Content#moves}. */
record MovedPeer(Peer peer) implements Peer {
  @Override
  public String identity() {
    return peer.identity() + " (moved)";
  }

  @Override
  public PeerInfo info() {
    return peer.info();
  }

  @Override
  public Optional<JsonObject> local(String id) {
    return peer.local(id);
  }

  @Override
  public String putLocal(String id, JsonObject document) {
    return peer.putLocal(id, document);
  }

  @Override
  public String filterCode(ChangesFilter filter) {
    return peer.filterCode(filter);
  }

  @Override
  public ChangesPage changes(ChangesRequest request) {
    ChangesPage page = peer.changes(request);
    return new ChangesPage(
        page.rows().stream().filter(row -> Content.moves(row.id())).toList(),
        page.lastSeq(),
        page.pending());
  }

  @Override
  public Map<String, MissingRevisions> revsDiff(Map<String, List<Revision>> revisions) {
    return peer.revsDiff(revisions);
  }

  @Override
  public Fetched fetch(List<WantedRevisions> wanted, long maxBytes) {
    return peer.fetch(wanted, maxBytes);
  }

  @Override
  public StoreAnswer store(List<WireDocument> documents) {
    return peer.store(documents);
  }
}
