package dev.jiggety.signing;

/** What can be wrong with a signature; each attack has its own. */
public enum Flaw {
  /** There is none. */
  UNSIGNED,
  /** It cannot be one: no object, no Base64, not 64 bytes. */
  MALFORMED,
  /** By a key that is not believed, or not any more. */
  UNKNOWN_KEY,
  /** By a key that is believed for something else. */
  WRONG_ROLE,
  /** By a believed key of another person than the document says, or it names nobody. */
  WRONG_NAME,
  /** The document is not what was signed. */
  TAMPERED
}
