package dev.jiggety.agent.replication;

import dev.jiggety.agent.store.Revision;
import java.util.List;

/**
 * Revisions of one document to be fetched.
 *
 * @param revs not empty
 * @param known revisions that the target has: what was attached by then need not be sent again
 */
public record WantedRevisions(String id, List<Revision> revs, List<Revision> known) {

  public WantedRevisions {
    revs = List.copyOf(revs);
    known = List.copyOf(known);
  }

  /** For a target of which nothing is known. */
  public WantedRevisions(String id, List<Revision> revs) {
    this(id, revs, List.of());
  }
}
