package dev.jiggety.couch;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code _all_docs}.
 *
 * @param document the document; null where it was not asked for
 */
public record DocumentRow(String id, String rev, @Nullable JsonObject document) {}
