package dev.jiggety.couch;

import com.google.gson.JsonElement;

/** The rows of a view with one key, reduced to one value. */
public record ViewGroup(JsonElement key, JsonElement value) {}
