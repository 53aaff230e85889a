package dev.jiggety.couch;

import com.google.gson.JsonElement;

/**
 * The rows of a view with one key, added up column by column. The numbers are the receiver's own.
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, and never compared
public record ViewSums(JsonElement key, long[] sums) {}
