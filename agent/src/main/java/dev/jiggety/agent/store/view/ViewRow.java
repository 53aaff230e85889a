package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;

/** One row of a view; with the id of the document that it comes from. */
public record ViewRow(String id, JsonElement key, JsonElement value) {}
