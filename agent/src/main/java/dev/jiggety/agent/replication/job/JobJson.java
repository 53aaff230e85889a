package dev.jiggety.agent.replication.job;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.jiggety.agent.replication.ReplicationStats;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Jobs as CouchDB shows them in {@code _scheduler/jobs} and {@code _active_tasks}
 * (docs.couchdb.org/en/stable/api/server/common.html). There is no credential in any of it.
 */
public final class JobJson {
  /** What CouchDB calls itself where it is not one of a cluster. */
  public static final String NODE = "nonode@nohost";

  private JobJson() {}

  /** A row of {@code _scheduler/jobs}. */
  public static JsonObject job(ReplicationJob job) {
    var json = new JsonObject();
    json.add("database", orNull(job.origin().database()));
    json.add("doc_id", orNull(job.origin().document()));
    var history = new JsonArray();
    for (var event : job.history()) {
      var row = new JsonObject();
      row.addProperty("timestamp", time(event.at()));
      row.addProperty("type", event.type());
      if (!event.reason().isEmpty()) {
        row.addProperty("reason", event.reason());
      }
      history.add(row);
    }
    json.add("history", history);
    json.addProperty("id", job.id());
    json.add("info", info(job.stats()));
    json.addProperty("node", NODE);
    json.add("pid", JsonNull.INSTANCE);
    json.addProperty("source", job.request().source().toString());
    json.addProperty("start_time", time(job.startedAt()));
    json.addProperty("target", job.request().target().toString());
    json.add("user", orNull(job.origin().user()));
    return json;
  }

  /** What was done, as {@code info} of a job that runs and as the result of one that is done. */
  public static JsonObject info(ReplicationStats stats) {
    var json = new JsonObject();
    json.addProperty("revisions_checked", stats.checked());
    json.addProperty("missing_revisions_found", stats.missing());
    json.addProperty("docs_read", stats.read());
    json.addProperty("docs_written", stats.written());
    if (stats.pending() < 0) {
      json.add("changes_pending", JsonNull.INSTANCE);
    } else {
      json.addProperty("changes_pending", stats.pending());
    }
    json.addProperty("doc_write_failures", stats.failures());
    json.add("through_seq", stats.through());
    json.add("checkpointed_source_seq", stats.checkpointed());
    return json;
  }

  /** A row of {@code _active_tasks}. */
  public static JsonObject task(ReplicationJob job) {
    var json = info(job.stats());
    json.addProperty("type", "replication");
    json.addProperty("node", NODE);
    json.add("pid", JsonNull.INSTANCE);
    json.addProperty("replication_id", job.id());
    json.add("database", orNull(job.origin().database()));
    json.add("doc_id", orNull(job.origin().document()));
    json.add("user", orNull(job.origin().user()));
    json.addProperty("source", job.request().source().toString());
    json.addProperty("target", job.request().target().toString());
    json.addProperty("continuous", job.request().continuous());
    json.addProperty(
        "checkpoint_interval", job.request().options().times().checkpoint().toMillis());
    json.addProperty("started_on", job.startedAt().getEpochSecond());
    json.addProperty("updated_on", job.status().since().getEpochSecond());
    return json;
  }

  /** A time as the scheduler writes it, to the second. */
  public static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static com.google.gson.JsonElement orNull(@Nullable String text) {
    return text == null || text.isEmpty()
        ? JsonNull.INSTANCE
        : new com.google.gson.JsonPrimitive(text);
  }
}
