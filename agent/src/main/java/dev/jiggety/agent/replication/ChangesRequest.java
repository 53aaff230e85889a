package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import dev.jiggety.couch.ChangesFilter;
import java.time.Duration;

/**
 * What of the changes feed is wanted.
 *
 * @param since where to go on: a sequence that this very peer has given, or {@link
 *     Checkpoint#START}
 * @param limit most rows, ≥ 1
 * @param patience how long to wait for a first change if there is none; zero = answer at once
 * @param filter which changes; the peer applies it
 */
public record ChangesRequest(
    JsonElement since, int limit, Duration patience, ChangesFilter filter) {}
