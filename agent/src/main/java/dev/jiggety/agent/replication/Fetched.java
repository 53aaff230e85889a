package dev.jiggety.agent.replication;

import java.util.List;

/**
 * What a fetch brought. Every revision that was asked for is accounted for: as a document (its own
 * or one that replaced it), as a failure, or in the rest.
 *
 * @param failures revisions that the peer could not give, with its reason
 * @param rest what was not looked at for lack of room, in the order asked for
 * @param bytes size of the documents as JSON, about
 */
public record Fetched(
    List<WireDocument> documents,
    List<RevisionFailure> failures,
    List<WantedRevisions> rest,
    long bytes) {

  public Fetched {
    documents = List.copyOf(documents);
    failures = List.copyOf(failures);
    rest = List.copyOf(rest);
  }
}
