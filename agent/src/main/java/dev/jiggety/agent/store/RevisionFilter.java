package dev.jiggety.agent.store;

/**
 * Chooses revisions, for a changes feed. Called on the reader's thread, which holds nothing of the
 * store meanwhile.
 */
@FunctionalInterface
public interface RevisionFilter {

  /** Whether this revision is wanted; tombstones are asked for too. */
  boolean passes(StoredDocument revision);
}
