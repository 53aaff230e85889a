package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;

/**
 * What a database says of itself.
 *
 * @param incarnation another one after the database was deleted and made anew; empty if the server
 *     does not tell. A server may also change it without need, at a restart
 * @param updateSeq sequence of the latest change; opaque
 */
public record PeerInfo(String incarnation, JsonElement updateSeq) {}
