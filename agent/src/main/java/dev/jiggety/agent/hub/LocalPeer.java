package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import dev.jiggety.agent.replication.ChangesPage;
import dev.jiggety.agent.replication.ChangesRequest;
import dev.jiggety.agent.replication.Fetched;
import dev.jiggety.agent.replication.Peer;
import dev.jiggety.agent.replication.PeerException;
import dev.jiggety.agent.replication.PeerInfo;
import dev.jiggety.agent.replication.StoreAnswer;
import dev.jiggety.agent.replication.StoreGate;
import dev.jiggety.agent.replication.StorePeer;
import dev.jiggety.agent.replication.WantedRevisions;
import dev.jiggety.agent.replication.WireDocument;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.MissingRevisions;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.couch.ChangesFilter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A database of this hub as a peer, by its name: there or not, and another one after it was deleted
 * and made anew. Everything passes the gate of whoever replicates.
 */
final class LocalPeer implements Peer {
  private final Databases databases;
  private final String name;
  private final StoreGate gate;

  LocalPeer(Databases databases, String name, StoreGate gate) {
    this.databases = databases;
    this.name = name;
    this.gate = gate;
  }

  private StorePeer peer() {
    return databases
        .find(name)
        .map(store -> new StorePeer(store, Duration.ZERO, gate))
        .orElseThrow(
            () -> new PeerException(PeerException.Kind.MISSING, name, "there is no such database"));
  }

  @Override
  public String identity() {
    return "hub " + databases.serverUuid() + " " + name;
  }

  @Override
  public PeerInfo info() {
    return peer().info();
  }

  @Override
  public Optional<JsonObject> local(String id) {
    return peer().local(id);
  }

  @Override
  public String putLocal(String id, JsonObject document) {
    return peer().putLocal(id, document);
  }

  @Override
  public String filterCode(ChangesFilter filter) {
    return peer().filterCode(filter);
  }

  @Override
  public ChangesPage changes(ChangesRequest request) {
    return peer().changes(request);
  }

  @Override
  public Map<String, MissingRevisions> revsDiff(Map<String, List<Revision>> revisions) {
    return peer().revsDiff(revisions);
  }

  @Override
  public Fetched fetch(List<WantedRevisions> wanted, long maxBytes) {
    return peer().fetch(wanted, maxBytes);
  }

  @Override
  public StoreAnswer store(List<WireDocument> documents) {
    return peer().store(documents);
  }
}
