package dev.jiggety.agent.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a document may be written: the place of {@code validate_doc_update}. Called on
 * the store's writer thread, inside the transaction, so it must be quick and must not call the
 * store. An exception counts as a rejection ({@code forbidden}).
 */
@FunctionalInterface
public interface WriteGuard {

  /** Lets everything pass. */
  WriteGuard NONE = (next, previous) -> Optional.empty();

  /**
   * Looks at one write.
   *
   * @param next what is to be written
   * @param previous the revision that it replaces; null for a new document, and for a replicated
   *     one whose ancestors are not here
   * @return empty to let it pass
   */
  Optional<Refusal> check(DocumentWrite next, @Nullable StoredDocument previous);

  /**
   * Why not.
   *
   * @param error {@code forbidden} or {@code unauthorized}
   */
  record Refusal(String error, String reason) {}
}
