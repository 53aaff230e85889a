package dev.jiggety.agent.store.mango;

import com.google.gson.JsonObject;

/** A selector. Immutable. */
public final class Selector {

  private Selector() {}

  /**
   * Reads a selector.
   *
   * @throws SelectorException where it is none, with CouchDB's error name and reason
   */
  public static Selector parse(JsonObject selector) throws SelectorException {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether the document is selected.
   *
   * @param document with {@code _id} and {@code _rev}
   */
  public boolean matches(JsonObject document) {
    throw new UnsupportedOperationException();
  }
}
