package dev.jiggety.agent.replication;

import dev.jiggety.agent.store.Revision;
import java.util.List;

/**
 * Revisions of one document to be fetched.
 *
 * @param revs not empty
 */
public record WantedRevisions(String id, List<Revision> revs) {

  public WantedRevisions {
    revs = List.copyOf(revs);
  }
}
