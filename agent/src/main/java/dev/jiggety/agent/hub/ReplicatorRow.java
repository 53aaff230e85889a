package dev.jiggety.agent.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.replication.job.InvalidRequestException;
import dev.jiggety.agent.replication.job.JobJson;
import dev.jiggety.agent.replication.job.ReplicationJob;
import dev.jiggety.agent.replication.job.ReplicationRequest;
import java.time.Instant;

/** Rows of {@code _scheduler/docs}; there is no credential in them. */
final class ReplicatorRow {
  private ReplicatorRow() {}

  /** Of a document whose replication runs, or is to run again. */
  static JsonObject of(ReplicationJob job) {
    var status = job.status();
    var row = new JsonObject();
    row.addProperty("database", ReplicatorDatabase.NAME);
    row.addProperty("doc_id", job.origin().document());
    row.addProperty("id", job.id());
    row.addProperty("node", JobJson.NODE);
    row.addProperty("source", job.request().source().toString());
    row.addProperty("target", job.request().target().toString());
    row.addProperty("state", status.state().word());
    row.add("info", status.reason().isEmpty() ? JobJson.info(job.stats()) : error(status.reason()));
    row.addProperty("error_count", status.errors());
    row.addProperty("last_updated", JobJson.time(status.since()));
    row.addProperty("start_time", JobJson.time(job.startedAt()));
    row.add("source_proxy", JsonNull.INSTANCE);
    row.add("target_proxy", JsonNull.INSTANCE);
    return row;
  }

  /** Of a document that cannot be started and does not say so itself. */
  static JsonObject failed(String id, JsonObject body, String reason, Instant now) {
    return row(id, body, "failed", error(reason), now);
  }

  /** Of a document that says itself how its replication ended. */
  static JsonObject ended(String id, JsonObject body, String state, Instant now) {
    return row(id, body, state, info(body), now);
  }

  private static JsonObject row(
      String id, JsonObject body, String state, JsonObject info, Instant now) {
    var row = new JsonObject();
    row.addProperty("database", ReplicatorDatabase.NAME);
    row.addProperty("doc_id", id);
    row.add("id", JsonNull.INSTANCE);
    row.addProperty("node", JobJson.NODE);
    try {
      var request = ReplicationRequest.parse(body);
      row.addProperty("source", request.source().toString());
      row.addProperty("target", request.target().toString());
    } catch (InvalidRequestException e) {
      row.add("source", JsonNull.INSTANCE);
      row.add("target", JsonNull.INSTANCE);
    }
    row.addProperty("state", state);
    row.add("info", info);
    row.addProperty("error_count", state.equals("failed") ? 1 : 0);
    JsonElement time = body.get("_replication_state_time");
    row.add("last_updated", time == null ? new JsonPrimitive(JobJson.time(now)) : time);
    row.add("start_time", JsonNull.INSTANCE);
    row.add("source_proxy", JsonNull.INSTANCE);
    row.add("target_proxy", JsonNull.INSTANCE);
    return row;
  }

  private static JsonObject info(JsonObject body) {
    if (body.get("_replication_stats") instanceof JsonObject stats) {
      return stats;
    }
    return body.get("_replication_state_reason") instanceof JsonPrimitive reason
        ? error(reason.getAsString())
        : new JsonObject();
  }

  private static JsonObject error(String reason) {
    var json = new JsonObject();
    json.addProperty("error", reason);
    return json;
  }
}
