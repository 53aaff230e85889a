package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import dev.jiggety.agent.store.Revision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The far half of a replication: stores batches at the target. Finds the one document that spoils a
 * batch, and sees to it that each document is stored or quarantined before {@link #write} returns.
 * Outlives sessions, for it remembers what failed before. For one thread.
 */
final class BatchWriter {
  /** Errors of single documents that are the server's trouble and not the document's. */
  private static final Set<String> MAY_PASS =
      Set.of(
          "internal_server_error",
          "unknown_error",
          "timeout",
          "service_unavailable",
          "too_many_requests",
          AttachmentLostException.ERROR,
          "conflict");

  /** So many full batches in a row, and a limit that was lowered is doubled again. */
  private static final int GROW_AFTER = 32;

  private record Key(String id, Revision rev) {
    static Key of(WireDocument document) {
      return new Key(document.id(), document.rev());
    }
  }

  private final Peer target;
  private final ReplicationOptions options;
  private final Isolation isolation;
  private final Map<Key, Integer> attempts = new HashMap<>();
  private int limit;
  private int fullBatches;
  private boolean othersPass = true;
  private long written;

  /** Puts a document aside; durable on return. */
  @FunctionalInterface
  interface Isolation {
    void isolate(RevisionFailure failure, JsonElement seq);

    /** A document has arrived at the target. */
    default void arrived(WireDocument document) {}
  }

  BatchWriter(Peer target, ReplicationOptions options, Isolation isolation) {
    this.target = target;
    this.options = options;
    this.isolation = isolation;
    this.limit = options.batches().documents();
  }

  /** Documents that the target took so far, over all sessions. */
  long written() {
    return written;
  }

  /**
   * Stores a batch.
   *
   * @throws PeerException UNAVAILABLE also when single documents failed for a reason that may pass;
   *     the others are stored then
   */
  void write(Batch batch) {
    var documents = batch.documents();
    var later = 0;
    for (var from = 0; from < documents.size(); ) {
      var to = Math.min(documents.size(), from + limit);
      later += store(documents.subList(from, to), batch.seq());
      from = to;
    }
    for (var failure : batch.failures()) {
      later += doubtful(failure, batch.seq()) ? 1 : 0;
    }
    if (later > 0) {
      throw new PeerException(
          PeerException.Kind.UNAVAILABLE,
          target.identity(),
          later + " of " + (documents.size() + batch.failures().size()) + " documents failed");
    }
  }

  /**
   * Stores one document that was put aside before; if it fails again in whatever way, it is put
   * aside again.
   *
   * @throws PeerException when the target gave no answer
   */
  void retry(WireDocument document, JsonElement seq) {
    StoreAnswer answer;
    try {
      answer = target.store(List.of(document));
    } catch (PeerException e) {
      if (e.kind() == PeerException.Kind.UNAVAILABLE) {
        isolation.isolate(noAnswer(document, e), seq);
      }
      throw e;
    }
    switch (answer) {
      case StoreAnswer.Taken(var failures) when failures.isEmpty() -> {
        written++;
        isolation.arrived(document);
      }
      case StoreAnswer.Taken(var failures) -> isolation.isolate(failures.getFirst(), seq);
      case StoreAnswer.Refused refused -> isolation.isolate(failure(document, refused), seq);
    }
  }

  /** Stores some documents; returns how many of them are to be tried again. */
  private int store(List<WireDocument> documents, JsonElement seq) {
    StoreAnswer answer;
    try {
      answer = target.store(documents);
    } catch (PeerException e) {
      if (e.kind() == PeerException.Kind.UNAVAILABLE) {
        suspect(documents, e, seq);
      }
      throw e;
    }
    return switch (answer) {
      case StoreAnswer.Taken(var failures) -> taken(documents, failures, seq);
      case StoreAnswer.Refused refused -> refused(documents, refused, seq);
    };
  }

  private int taken(List<WireDocument> documents, List<RevisionFailure> failures, JsonElement seq) {
    var failed = new HashMap<Key, RevisionFailure>();
    failures.forEach(failure -> failed.put(new Key(failure.id(), failure.rev()), failure));
    var later = 0;
    for (var document : documents) {
      var failure = failed.isEmpty() ? null : failed.get(Key.of(document));
      if (failure == null) {
        written++;
        othersPass = true;
        if (!attempts.isEmpty()) {
          attempts.remove(Key.of(document));
        }
        isolation.arrived(document);
      } else if (MAY_PASS.contains(failure.error())) {
        later += doubtful(failure, seq) ? 1 : 0;
      } else {
        isolation.isolate(failure, seq);
      }
    }
    grow(documents.size());
    return later;
  }

  private int refused(List<WireDocument> documents, StoreAnswer.Refused refused, JsonElement seq) {
    if (documents.size() == 1) {
      isolation.isolate(failure(documents.getFirst(), refused), seq);
      return 0;
    }
    var half = documents.size() / 2;
    if (refused.tooLarge()) {
      shrink(half);
    }
    return store(documents.subList(0, half), seq)
        + store(documents.subList(half, documents.size()), seq);
  }

  /**
   * A batch got no answer. The line may be bad, the server may be ill, or one of the documents may
   * be what kills it: smaller batches help in the first case and find the culprit in the last. A
   * document that fails alone, again and again, while others pass, is put aside; if the next one
   * fails as well, it is the server, and nothing more is put aside until something has passed.
   */
  private void suspect(List<WireDocument> documents, PeerException failure, JsonElement seq) {
    var first = documents.getFirst();
    var key = new Key(first.id(), first.rev());
    var count = attempts.merge(key, 1, Integer::sum);
    if (count > 1) {
      shrink(documents.size() / 2);
    }
    if (documents.size() == 1 && othersPass && count > 2 * options.attempts()) {
      othersPass = false;
      attempts.remove(key);
      isolation.isolate(noAnswer(first, failure), seq);
    }
  }

  private static RevisionFailure failure(WireDocument document, StoreAnswer.Refused refused) {
    return new RevisionFailure(document.id(), document.rev(), refused.error(), refused.reason());
  }

  private static RevisionFailure noAnswer(WireDocument document, PeerException failure) {
    var reason = String.valueOf(failure.getMessage());
    return new RevisionFailure(document.id(), document.rev(), "no_answer", reason);
  }

  /** Counts a failure that may pass; true if the document is to be tried again. */
  private boolean doubtful(RevisionFailure failure, JsonElement seq) {
    var key = new Key(failure.id(), failure.rev());
    if (attempts.merge(key, 1, Integer::sum) < options.attempts()) {
      return true;
    }
    attempts.remove(key);
    isolation.isolate(failure, seq);
    return false;
  }

  private void shrink(int documents) {
    limit = Math.max(1, Math.min(limit, documents));
    fullBatches = 0;
  }

  private void grow(int documents) {
    if (limit < options.batches().documents() && documents >= limit) {
      fullBatches++;
      if (fullBatches >= GROW_AFTER) {
        limit = Math.min(options.batches().documents(), 2 * limit);
        fullBatches = 0;
      }
    }
  }
}
