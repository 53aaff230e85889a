package dev.jiggety.model;

import org.jspecify.annotations.Nullable;

/**
 * One edit in a patch. It carries the digest of what it was made against, so that an edit in
 * between is found and never overwritten.
 */
public sealed interface Change {
  /** The id of the document that it touches, like {@code test:shop}. */
  String target();

  /** The digest of the content that the edit was made against; null where there was none. */
  @Nullable String base();

  /**
   * Creates or replaces a document.
   *
   * @param content what it shall say
   */
  record Put(String target, Content content, @Nullable String base) implements Change {}

  /** Removes a document. */
  record Delete(String target, String base) implements Change {}
}
