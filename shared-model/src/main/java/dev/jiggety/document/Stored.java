package dev.jiggety.document;

import com.google.gson.JsonObject;

/**
 * A value as it stands on a hub or in a store.
 *
 * @param value the value
 * @param rev the document's revision, which an edit must carry so that no update is lost
 * @param raw the whole document; keeps what this version of the program does not know
 */
public record Stored<T>(T value, String rev, JsonObject raw) {}
