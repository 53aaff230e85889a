package dev.jiggety.agent.replication;

import java.util.List;
import java.util.stream.Stream;

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

  /** This and what another fetch brought, asked for behind it. */
  Fetched and(Fetched other) {
    return new Fetched(
        joined(documents, other.documents),
        joined(failures, other.failures),
        joined(rest, other.rest),
        bytes + other.bytes);
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
