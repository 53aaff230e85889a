package dev.jiggety.agent.store;

import org.jspecify.annotations.Nullable;

/**
 * One row of {@code _all_docs}.
 *
 * @param rev the winner; null where the id that was asked for does not exist
 * @param deleted only ever true for an id that was asked for by key
 * @param document with {@code includeDocs}, and not deleted; else null
 */
public record AllDocsRow(
    String id, @Nullable Revision rev, boolean deleted, @Nullable StoredDocument document) {}
