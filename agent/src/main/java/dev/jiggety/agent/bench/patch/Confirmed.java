package dev.jiggety.agent.bench.patch;

import dev.jiggety.couch.Change;
import dev.jiggety.couch.Changes;
import dev.jiggety.couch.ChangesRequest;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A light node's replica of the confirmed documents: asks for what has changed since the last time,
 * as a replication would. Safe for any thread.
 */
final class Confirmed {
  private static final int PAGE = 1_000;

  private final FarmParts farm;
  private final SortedMap<String, Content> documents = new TreeMap<>();
  private String seq = "0";

  Confirmed(FarmParts farm) {
    this.farm = farm;
  }

  /** All documents, as they were asked for last. */
  synchronized Configuration configuration() {
    return new Configuration(documents);
  }

  /** Asks for what is new; false when the hub is away. */
  synchronized boolean update() {
    while (true) {
      ChangesRequest request = ChangesRequest.since(seq).limitedTo(PAGE).includingDocuments();
      if (!(farm.config().changes(request) instanceof Outcome.Ok<Changes>(Changes changes))) {
        return false;
      }
      changes.results().forEach(this::take);
      seq = changes.lastSeq();
      if (changes.results().size() < PAGE) {
        return true;
      }
    }
  }

  private void take(Change change) {
    if (!Ids.isOfConfiguration(change.id())) {
      return;
    }
    if (change.deleted() || change.document() == null) {
      documents.remove(change.id());
    } else {
      documents.put(change.id(), farm.same(Contents.of(change.document())));
    }
  }
}
