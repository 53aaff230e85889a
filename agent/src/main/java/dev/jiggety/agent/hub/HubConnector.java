package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.replication.HttpPeer;
import dev.jiggety.agent.replication.MemoryQuarantine;
import dev.jiggety.agent.replication.Peer;
import dev.jiggety.agent.replication.Quarantine;
import dev.jiggety.agent.replication.StoreQuarantine;
import dev.jiggety.agent.replication.job.Connector;
import dev.jiggety.agent.replication.job.Endpoint;
import dev.jiggety.agent.replication.job.ReplicationRequest;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.TlsTrust;
import dev.jiggety.model.AccessEvent.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The ends of the replications that this hub runs: its own databases, and those of others. */
final class HubConnector implements Connector {
  private final Databases databases;
  private final Rights rights;
  private final Writes writes;
  private final ChangesFilters filters;
  private final TlsTrust trust;
  private final AccessLog log;

  HubConnector(
      Databases databases,
      Rights rights,
      Writes writes,
      ChangesFilters filters,
      TlsTrust trust,
      AccessLog log) {
    this.trust = trust;
    this.filters = filters;
    this.log = log;
    this.databases = databases;
    this.rights = rights;
    this.writes = writes;
  }

  /** One end, and how to make the database where there is none. */
  private record End(Peer peer, BooleanSupplier make) {}

  @Override
  public Connection connect(ReplicationRequest request) {
    var hubs = new ArrayList<Hub>();
    var user = user(request.userCtx());
    var source = end(request.source(), user, hubs);
    var target = end(request.target(), user, hubs);
    return new Connection(
        source.peer,
        target.peer,
        target.make,
        id -> quarantine(request, id),
        () -> hubs.forEach(Hub::close));
  }

  private End end(Endpoint endpoint, UserContext user, List<Hub> hubs) {
    return switch (endpoint) {
      case Endpoint.Local(var name) ->
          new End(
              new LocalPeer(databases, name, new UserGate(user, rights, writes, filters)),
              () -> make(name, user));
      case Endpoint.Remote remote -> {
        var hub =
            Hub.open(
                remote.server(), HubOptions.DEFAULT.withTrust(trust).withHeaders(remote.headers()));
        hubs.add(hub);
        var database = hub.database(remote.database());
        yield new End(new HttpPeer(database), () -> database.create().isOk());
      }
    };
  }

  private boolean make(String name, UserContext user) {
    var isMade =
        user.isServerAdmin() && Databases.isLegalName(name) && databases.create(name).isPresent();
    if (isMade) {
      log.add(Kind.RIGHTS, user, "made the database " + name);
    }
    return isMade;
  }

  /** In a database of this hub if there is one, so that it outlives the hub's end. */
  private Quarantine quarantine(ReplicationRequest request, String id) {
    return store(request.source(), id)
        .or(() -> store(request.target(), id))
        .orElseGet(MemoryQuarantine::new);
  }

  private Optional<Quarantine> store(Endpoint endpoint, String id) {
    return endpoint instanceof Endpoint.Local(var name)
        ? databases.find(name).map(store -> new StoreQuarantine(store, id))
        : Optional.empty();
  }

  private static UserContext user(@Nullable JsonObject userCtx) {
    if (userCtx == null) {
      return UserContext.NOBODY;
    }
    var name = userCtx.get("name") instanceof JsonPrimitive text ? text.getAsString() : null;
    var roles = new HashSet<String>();
    if (userCtx.get("roles") instanceof JsonArray list) {
      for (JsonElement role : list) {
        if (role instanceof JsonPrimitive text) {
          roles.add(text.getAsString());
        }
      }
    }
    return new UserContext(name, roles, null, "replication");
  }
}
