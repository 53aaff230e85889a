package dev.jiggety.agent.store.collation;

import com.google.gson.JsonElement;

/**
 * CouchDB's collation of JSON values (docs.couchdb.org/en/stable/ddocs/views/collation.html): null,
 * false, true, numbers, strings by the Unicode Collation Algorithm, arrays, objects. Thread-safe.
 */
public final class Collation {

  private Collation() {}

  /** The order of two values; 0 only where CouchDB takes them for the same key. */
  public static int compare(JsonElement left, JsonElement right) {
    throw new UnsupportedOperationException();
  }

  /**
   * The value as bytes whose unsigned order is that of {@link #compare}. No key is a prefix of
   * another one, so that bytes may be appended; an array's key begins with the keys of its
   * elements.
   */
  public static byte[] key(JsonElement value) {
    throw new UnsupportedOperationException();
  }

  /**
   * What the keys of all arrays have in common that begin with the first {@code length} elements of
   * this one; the whole key where the value is no array or not longer than that.
   */
  public static byte[] prefix(JsonElement value, int length) {
    throw new UnsupportedOperationException();
  }
}
