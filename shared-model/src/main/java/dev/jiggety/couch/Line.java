package dev.jiggety.couch;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.lightcouch.CouchDbProperties;
import org.lightcouch.HubClient;

/**
 * The way to one hub: its connections and what is made of them. It can be cut, which ends whatever
 * waits for that hub, and used again after. Safe for any thread.
 */
final class Line implements AutoCloseable {
  private final HubAddress address;
  private final HubOptions options;
  private volatile Wire wire;
  private volatile boolean closed;

  /** Connections and what hangs on them. */
  private record Wire(
      Transport transport, Requests requests, ConcurrentMap<String, Link> databases) {}

  /** One database by these connections. */
  record Link(Requests requests, ChangesReader changes, HubClient client) {}

  Line(HubAddress address, HubOptions options) {
    this.address = address;
    this.options = options;
    this.wire = connect();
  }

  HubAddress address() {
    return address;
  }

  Requests requests() {
    return wire.requests();
  }

  Transport transport() {
    return wire.transport();
  }

  Link database(String name) {
    Wire now = wire;
    return now.databases().computeIfAbsent(name, wanted -> link(now, wanted));
  }

  /** Ends whatever is under way; the next call connects anew. */
  synchronized void cut() {
    Wire before = wire;
    if (!closed) {
      wire = connect();
    }
    before.transport().close();
  }

  @Override
  public synchronized void close() {
    closed = true;
    wire.transport().close();
  }

  private Wire connect() {
    Transport transport = new Transport(address, options);
    Requests requests = new Requests(address, transport, new Failures(address, options));
    return new Wire(transport, requests, new ConcurrentHashMap<>());
  }

  private Link link(Wire now, String name) {
    return new Link(
        now.requests(),
        new ChangesReader(name, now.transport(), now.requests()),
        new HubClient(properties(name), now.transport().http(), now.transport()));
  }

  private CouchDbProperties properties(String database) {
    String path = address.base().getRawPath();
    return new CouchDbProperties()
        .setProtocol(address.base().getScheme())
        .setHost(address.base().getHost())
        .setPort(address.base().getPort())
        .setPath(path.isEmpty() ? "" : path.substring(1) + "/")
        .setDbName(database)
        .setCreateDbIfNotExist(false);
  }
}
