package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import java.util.List;

/**
 * Documents on their way from source to target.
 *
 * @param failures revisions that the source could not give
 * @param seq what may be recorded once the documents are stored and the failures are dealt with
 * @param pending documents that come after these, as far as known; -1 = unknown
 * @param last whether the feed had no more when this was read
 */
record Batch(
    List<WireDocument> documents,
    List<RevisionFailure> failures,
    JsonElement seq,
    long pending,
    boolean last) {}
