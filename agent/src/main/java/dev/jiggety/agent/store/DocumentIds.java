package dev.jiggety.agent.store;

import java.util.UUID;

/** CouchDB's rules for the ids of documents. */
public final class DocumentIds {

  /** Begins the id of a design document. */
  public static final String DESIGN = "_design/";

  /** Begins the id of a local document. */
  public static final String LOCAL = "_local/";

  private DocumentIds() {}

  /**
   * Refuses what CouchDB refuses.
   *
   * @return the id
   * @throws InvalidDocumentException {@link InvalidDocumentException#ILLEGAL_ID}
   */
  public static String check(String id) {
    if (id.isEmpty()) {
      throw illegal("Document id must not be empty");
    }
    if (id.equals(DESIGN) || id.equals(LOCAL)) {
      throw illegal("Illegal document id `" + id + "`");
    }
    if (id.startsWith("_") && !id.startsWith(DESIGN) && !id.startsWith(LOCAL)) {
      throw illegal("Only reserved document ids may start with underscore.");
    }
    for (var i = 0; i < id.length(); i++) {
      var c = id.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < id.length()
          && Character.isLowSurrogate(id.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c) || c == 0) {
        throw illegal("Document id must be valid UTF-8");
      }
    }
    return id;
  }

  /** A new id of 32 hexadecimal digits that nobody has yet. */
  public static String random() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private static InvalidDocumentException illegal(String reason) {
    return new InvalidDocumentException(InvalidDocumentException.ILLEGAL_ID, reason);
  }
}
