package dev.jiggety.agent.replication;

import dev.jiggety.agent.store.Revision;

/**
 * One revision that a peer did not give or did not take.
 *
 * @param error CouchDB's word: {@code forbidden}, {@code not_found} …
 * @param reason for people
 */
public record RevisionFailure(String id, Revision rev, String error, String reason) {}
