package dev.jiggety.agent.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a document may be written: the place of {@code validate_doc_update}. Given with
 * each write, and asked on the thread of whoever writes, before the transaction; so it may take its
 * time and may read the store. Asked for ordinary documents alone: not for design documents, not
 * for local ones, and not for an edit that is a conflict anyway. An exception counts as a rejection
 * ({@code forbidden}).
 */
@FunctionalInterface
public interface WriteGuard {

  /** Lets everything pass, and nothing is read for it. */
  WriteGuard NONE =
      new WriteGuard() {
        @Override
        public boolean active() {
          return false;
        }

        @Override
        public Optional<Refusal> check(DocumentWrite next, @Nullable StoredDocument previous) {
          return Optional.empty();
        }
      };

  /** Whether it has anything to say; looked at once for a batch. */
  default boolean active() {
    return true;
  }

  /**
   * Looks at one write.
   *
   * @param next what is to be written
   * @param previous the revision that it replaces, perhaps a tombstone; null for a new document,
   *     for one that comes back without naming its tombstone, and for a replicated one whose
   *     ancestors are not here
   * @return empty to let it pass
   */
  Optional<Refusal> check(DocumentWrite next, @Nullable StoredDocument previous);

  /**
   * Why not.
   *
   * @param error {@code forbidden}, {@code unauthorized}, or what is wrong with the guard itself
   */
  record Refusal(String error, String reason) {}
}
