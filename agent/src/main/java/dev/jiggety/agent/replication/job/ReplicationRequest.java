package dev.jiggety.agent.replication.job;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.replication.ReplicationOptions;
import dev.jiggety.agent.replication.ReplicationOptions.Begin;
import dev.jiggety.base.Backoff;
import dev.jiggety.couch.ChangesFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A replication as somebody asked for it, in the body of {@code _replicate} or in a document of
 * {@code _replicator} (docs.couchdb.org/en/stable/json-structure.html, "Replication Settings").
 * What only tunes CouchDB's own replicator is taken and ignored.
 *
 * @param createTarget make the target if there is none
 * @param continuous go on for ever
 * @param userCtx whose rights count for databases of this server, in the form of {@code
 *     _session}'s; null = the rights of who asks
 */
public record ReplicationRequest(
    Endpoint source,
    Endpoint target,
    boolean createTarget,
    boolean continuous,
    ReplicationOptions options,
    @Nullable JsonObject userCtx) {
  private static final Set<String> UNSUPPORTED = Set.of("proxy", "source_proxy", "target_proxy");

  /** CouchDB waits 30 s and doubles it; whoever looks at a hub on one machine is less patient. */
  private static final Backoff SOON = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  private static final Backoff DENIED = new Backoff(Duration.ofMinutes(2), Duration.ofMinutes(30));

  /**
   * Reads one.
   *
   * @throws InvalidRequestException with what is wrong
   */
  public static ReplicationRequest parse(JsonObject json) throws InvalidRequestException {
    for (var name : UNSUPPORTED) {
      if (isGiven(json.get(name))) {
        throw InvalidRequestException.unsupported("Replication with `" + name + "`");
      }
    }
    if (flag(json, "winning_revs_only", false)) {
      throw InvalidRequestException.unsupported("Replication with `winning_revs_only`");
    }
    var userCtx = json.get("user_ctx");
    if (isGiven(userCtx) && !(userCtx instanceof JsonObject)) {
      throw InvalidRequestException.bad("`user_ctx` must be an object");
    }
    return new ReplicationRequest(
        Endpoint.parse(json.get("source"), "source"),
        Endpoint.parse(json.get("target"), "target"),
        flag(json, "create_target", false),
        flag(json, "continuous", false),
        options(json),
        userCtx instanceof JsonObject given ? given : null);
  }

  /** The same with other options. */
  public ReplicationRequest withOptions(ReplicationOptions other) {
    return new ReplicationRequest(source, target, createTarget, continuous, other, userCtx);
  }

  /** The same with the rights of this user, where none was named. */
  public ReplicationRequest by(JsonObject user) {
    return userCtx != null
        ? this
        : new ReplicationRequest(source, target, createTarget, continuous, options, user);
  }

  /** Whether both ends are databases of this server. */
  public boolean isLocal() {
    return source instanceof Endpoint.Local && target instanceof Endpoint.Local;
  }

  private static ReplicationOptions options(JsonObject json) throws InvalidRequestException {
    var defaults = ReplicationOptions.defaults();
    var times = defaults.times();
    var interval = number(json, "checkpoint_interval", times.checkpoint().toMillis());
    var batches = defaults.batches();
    var documents = (int) number(json, "worker_batch_size", batches.documents());
    return defaults
        .withFilter(filter(json))
        .withBegin(
            new Begin(
                isGiven(json.get("since_seq")) ? json.get("since_seq") : null,
                flag(json, "use_checkpoints", true),
                ""))
        .withTimes(
            new ReplicationOptions.Times(
                Duration.ofMillis(interval), times.patience(), times.verify(), times.quarantine()))
        .withBatches(
            new ReplicationOptions.Batches(
                batches.rows(), Math.min(documents, 5_000), batches.bytes(), batches.ahead()))
        .withBackoff(SOON, DENIED);
  }

  private static ChangesFilter filter(JsonObject json) throws InvalidRequestException {
    var found = new ArrayList<ChangesFilter>();
    if (isGiven(json.get("doc_ids"))) {
      found.add(new ChangesFilter.DocIds(ids(json.get("doc_ids"))));
    }
    if (isGiven(json.get("selector"))) {
      if (!(json.get("selector") instanceof JsonObject selector)) {
        throw InvalidRequestException.bad("`selector` must be an object");
      }
      found.add(new ChangesFilter.Selector(selector));
    }
    if (isGiven(json.get("filter"))) {
      found.add(function(json));
    }
    if (found.size() > 1) {
      throw InvalidRequestException.bad(
          "`doc_ids`,`filter`,`selector` are mutually exclusive options");
    }
    return found.isEmpty() ? ChangesFilter.NONE : found.getFirst();
  }

  private static ChangesFilter function(JsonObject json) throws InvalidRequestException {
    var parameters =
        json.get("query_params") instanceof JsonObject given ? given : new JsonObject();
    try {
      var name = json.get("filter").getAsString();
      return name.equals("_view") && parameters.get("view") instanceof JsonPrimitive view
          ? new ChangesFilter.View(view.getAsString())
          : new ChangesFilter.Function(name, parameters);
    } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
      throw InvalidRequestException.bad("`filter` must be of the form design/function");
    }
  }

  private static List<String> ids(JsonElement element) throws InvalidRequestException {
    if (element instanceof JsonArray array
        && array.asList().stream().allMatch(id -> id instanceof JsonPrimitive)) {
      return array.asList().stream().map(JsonElement::getAsString).toList();
    }
    throw InvalidRequestException.bad("`doc_ids` must be a list of ids");
  }

  private static boolean isGiven(@Nullable JsonElement element) {
    return element != null && !(element instanceof JsonNull);
  }

  private static boolean flag(JsonObject json, String name, boolean otherwise)
      throws InvalidRequestException {
    var value = json.get(name);
    if (!isGiven(value)) {
      return otherwise;
    }
    if (value instanceof JsonPrimitive flag && flag.isBoolean()) {
      return flag.getAsBoolean();
    }
    throw InvalidRequestException.bad("`" + name + "` must be true or false");
  }

  private static long number(JsonObject json, String name, long otherwise)
      throws InvalidRequestException {
    var value = json.get(name);
    if (!isGiven(value)) {
      return otherwise;
    }
    try {
      var number = value.getAsLong();
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException | UnsupportedOperationException | IllegalStateException e) {
      // The same words as for what is too small.
    }
    throw InvalidRequestException.bad("`" + name + "` must be a number above 0");
  }
}
