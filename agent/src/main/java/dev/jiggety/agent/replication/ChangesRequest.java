package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of the changes feed is wanted.
 *
 * @param since where to go on: a sequence that this very peer has given, or {@link
 *     Checkpoint#START}
 * @param limit most rows, ≥ 1
 * @param patience how long to wait for a first change if there is none; zero = answer at once
 * @param docIds these documents alone; null = all
 */
public record ChangesRequest(
    JsonElement since, int limit, Duration patience, @Nullable List<String> docIds) {

  public ChangesRequest {
    docIds = docIds == null ? null : List.copyOf(docIds);
  }
}
