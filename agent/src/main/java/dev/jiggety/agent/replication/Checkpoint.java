package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/**
 * How far a replication has come, and what it did in this session.
 *
 * @param seq everything up to this sequence of the source is at the target or in quarantine
 * @param done what this session did
 */
public record Checkpoint(JsonElement seq, ReplicationStats done) {

  /** The sequence before all changes. */
  public static final JsonElement START = new JsonPrimitive(0);
}
