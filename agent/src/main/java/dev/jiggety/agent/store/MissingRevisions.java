package dev.jiggety.agent.store;

import java.util.List;

/**
 * The answer of {@code _revs_diff} for one document.
 *
 * @param missing of the revisions asked for, those that are not here; never empty
 * @param possibleAncestors leaves here of a lower generation, from which a peer may send a delta
 */
public record MissingRevisions(List<Revision> missing, List<Revision> possibleAncestors) {

  public MissingRevisions {
    missing = List.copyOf(missing);
    possibleAncestors = List.copyOf(possibleAncestors);
  }
}
