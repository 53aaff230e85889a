package dev.jiggety.document;

import com.google.gson.JsonObject;

/**
 * How one kind of value stands in a document.
 *
 * @param <T> the value
 */
public interface DocumentType<T> {

  /** The document's {@code type}. */
  String type();

  /** The newest {@code schema} that this program writes; older ones are upgraded while reading. */
  int schema();

  /** The {@code _id} of the value's document. */
  String id(T value);

  /**
   * Reads a document; ignores fields that it does not know.
   *
   * @throws DocumentException when it is not a document of this type, is of a newer schema, or
   *     cannot be understood
   */
  T read(JsonObject document);

  /** The fields of the value's document, with {@code _id}, {@code type} and {@code schema}. */
  JsonObject write(T value);

  /** The value together with where it comes from. */
  default Stored<T> stored(JsonObject document) {
    String rev = document.has("_rev") ? document.get("_rev").getAsString() : "";
    return new Stored<>(read(document), rev, document);
  }

  /**
   * The document of {@code value} as a successor of {@code previous}: members that this program
   * does not know stay as they were, at the top and inside objects that both have.
   */
  default JsonObject write(T value, JsonObject previous) {
    return Merge.keepUnknown(write(value), previous, write(read(previous)));
  }
}
