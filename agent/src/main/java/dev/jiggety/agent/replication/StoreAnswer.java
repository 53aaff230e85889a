package dev.jiggety.agent.replication;

import java.util.List;

/** What a peer did with a batch of documents. */
public sealed interface StoreAnswer {

  /**
   * The batch was taken: all of it is durable but for these.
   *
   * @param failures documents refused one by one; often empty
   */
  record Taken(List<RevisionFailure> failures) implements StoreAnswer {
    public Taken {
      failures = List.copyOf(failures);
    }
  }

  /**
   * The batch was refused as a whole, and nothing of it is stored: one document in it is not to the
   * peer's taste, or all of them are too many.
   *
   * @param tooLarge 413; else the peer could not read it (400 and the like)
   */
  record Refused(boolean tooLarge, String error, String reason) implements StoreAnswer {}
}
