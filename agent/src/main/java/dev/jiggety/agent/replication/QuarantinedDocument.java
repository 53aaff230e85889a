package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import dev.jiggety.agent.store.Revision;
import java.time.Instant;

/**
 * A document that could not be replicated.
 *
 * @param seq the source's sequence up to which the feed had been read; opaque
 * @param at when it was first refused
 * @param error CouchDB's word: {@code forbidden}, {@code document_too_large}, {@code not_found} …
 * @param reason for people
 * @param attempts how often it was tried, the first time included
 */
public record QuarantinedDocument(
    String id,
    Revision rev,
    JsonElement seq,
    Instant at,
    String error,
    String reason,
    int attempts) {}
