package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.replication.PeerException;
import dev.jiggety.agent.replication.job.InvalidRequestException;
import dev.jiggety.agent.replication.job.JobJson;
import dev.jiggety.agent.replication.job.ReplicationJob;
import dev.jiggety.agent.replication.job.ReplicationJob.Origin;
import dev.jiggety.agent.replication.job.ReplicationJobs;
import dev.jiggety.agent.replication.job.ReplicationRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Replications that the hub runs itself (CouchDB "/_replicate", "/_scheduler", "/_active_tasks").
 * Administrators may have anything replicated; other users, as they could make the hub knock at any
 * door of its network, only between databases of this hub, with the rights that they have.
 */
final class ReplicateRoutes {
  private final ReplicationJobs jobs;
  private final ReplicatorDatabase documents;

  ReplicateRoutes(ReplicationJobs jobs, ReplicatorDatabase documents) {
    this.jobs = jobs;
    this.documents = documents;
  }

  /** {@code POST /_replicate}. */
  void replicate(Exchange exchange) {
    exchange.body().requireJson();
    var json = exchange.body().object();
    var user = exchange.user();
    if (!user.isServerAdmin() && user.name() == null) {
      throw CouchError.unauthorized("Log in to replicate.");
    }
    if (json.get("cancel") instanceof JsonPrimitive cancel && cancel.getAsBoolean()) {
      cancel(exchange, json);
      return;
    }
    var request = request(json, user);
    var name = user.name() == null ? "" : user.name();
    var job = jobs.start(request, new Origin("", "", name), ended -> {});
    if (request.continuous()) {
      exchange.json(202, named(job.id()));
    } else {
      exchange.awaitPatiently();
      exchange.json(200, result(job));
    }
  }

  private static ReplicationRequest request(JsonObject json, UserContext user) {
    ReplicationRequest request;
    try {
      request = ReplicationRequest.parse(json);
    } catch (InvalidRequestException e) {
      throw e.isUnsupported()
          ? CouchError.notImplemented(e.reason())
          : CouchError.badRequest(e.reason());
    }
    if (!user.isServerAdmin()) {
      if (!request.isLocal()) {
        throw CouchError.forbidden(
            "Only server admins may replicate with other servers; name databases of this one.");
      }
      if (request.userCtx() != null) {
        throw CouchError.forbidden("Only server admins may replicate with others' rights.");
      }
    }
    return request.by(user.toJson());
  }

  private static JsonObject result(ReplicationJob job) {
    try {
      var answer = new JsonObject();
      answer.addProperty("ok", true);
      job.result()
          .get()
          .entrySet()
          .forEach(member -> answer.add(member.getKey(), member.getValue()));
      return answer;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof PeerException failure
          ? error(failure)
          : new CouchError(500, "replication_failed", "see the hub's log");
    } catch (CancellationException e) {
      throw new CouchError(500, "cancelled", "the replication was cancelled");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CouchError(503, "service_unavailable", "The hub is closing.");
    }
  }

  private static CouchError error(PeerException failure) {
    var reason = String.valueOf(failure.getMessage());
    return switch (failure.kind()) {
      case MISSING -> new CouchError(404, "db_not_found", "could not open " + reason);
      case DENIED -> CouchError.unauthorized("unauthorized to access " + reason);
      case REFUSED -> CouchError.badRequest(reason);
      case UNAVAILABLE, RECREATED, CONFLICT -> new CouchError(500, "replication_failed", reason);
    };
  }

  private void cancel(Exchange exchange, JsonObject json) {
    var user = exchange.user();
    var id =
        text(json, "replication_id")
            .or(() -> text(json, "_local_id"))
            .orElseGet(() -> jobs.id(request(json, user)));
    var job =
        jobs.find(id)
            .or(() -> jobs.find(id + "+continuous"))
            .orElseThrow(() -> CouchError.notFound("missing"));
    if (job.origin().isDocument()) {
      throw CouchError.forbidden(
          "A document started this replication: delete " + job.origin().document() + ".");
    }
    if (!user.isServerAdmin() && !job.origin().user().equals(user.name())) {
      throw CouchError.forbidden("You did not start this replication.");
    }
    try {
      jobs.cancel(job);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.json(200, named(job.id()));
  }

  private static JsonObject named(String id) {
    var answer = new JsonObject();
    answer.addProperty("ok", true);
    answer.addProperty("_local_id", id);
    return answer;
  }

  private static Optional<String> text(JsonObject json, String name) {
    return json.get(name) instanceof JsonPrimitive text
        ? Optional.of(text.getAsString())
        : Optional.empty();
  }

  /** {@code GET /_scheduler/jobs[/id]} and {@code GET /_scheduler/docs[/database[/id]]}. */
  void scheduler(Exchange exchange) {
    var path = exchange.path();
    var what = path.size() > 1 ? path.get(1) : "";
    switch (what) {
      case "jobs" -> {
        if (path.size() > 2) {
          var job = jobs.find(path.get(2)).orElseThrow(CouchError::missing);
          exchange.json(200, JobJson.job(job));
        } else {
          list(exchange, "jobs", jobs.list().stream().map(JobJson::job).toList());
        }
      }
      case "docs" -> docs(exchange, path);
      default -> throw CouchError.missing();
    }
  }

  private void docs(Exchange exchange, List<String> path) {
    if (path.size() > 2 && !path.get(2).equals(ReplicatorDatabase.NAME)) {
      throw CouchError.missing();
    }
    if (path.size() > 3) {
      var id = String.join("/", path.subList(3, path.size()));
      exchange.json(200, documents.show(id).orElseThrow(CouchError::missing));
      return;
    }
    var states = exchange.query().text("states").map(list -> List.of(list.split(",")));
    list(
        exchange,
        "docs",
        documents.list().stream()
            .filter(row -> states.isEmpty() || states.get().contains(state(row)))
            .toList());
  }

  private static @Nullable String state(JsonObject row) {
    return row.get("state").getAsString();
  }

  private static void list(Exchange exchange, String name, List<JsonObject> all) {
    var skip = exchange.query().number("skip", 0);
    var rows = new JsonArray();
    all.stream()
        .skip(skip)
        .limit(exchange.query().number("limit", 25))
        .forEach((JsonElement row) -> rows.add(row));
    var json = new JsonObject();
    json.addProperty("total_rows", all.size());
    json.addProperty("offset", skip);
    json.add(name, rows);
    exchange.json(200, json);
  }

  /** {@code GET /_active_tasks}. */
  void activeTasks(Exchange exchange) {
    var tasks = new JsonArray();
    jobs.list().stream().map(JobJson::task).forEach(tasks::add);
    exchange.json(200, tasks);
  }
}
