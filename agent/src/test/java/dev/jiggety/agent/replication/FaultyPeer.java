package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.agent.store.MissingRevisions;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.couch.ChangesFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A peer whose calls go wrong as a test wants it. */
final class FaultyPeer implements Peer {
  private final Peer inner;
  private Function<String, Optional<Fault>> faults = operation -> Optional.empty();
  private Predicate<WireDocument> forbidden = document -> false;
  private Predicate<WireDocument> poison = document -> false;
  private Predicate<WireDocument> deadly = document -> false;
  private Predicate<WireDocument> unreadable = document -> false;
  private UnaryOperator<WireDocument> change = document -> document;
  private Predicate<JsonElement> unknown = sequence -> false;
  private Consumer<Integer> stores = size -> {};
  private int largestBatch = Integer.MAX_VALUE;

  FaultyPeer(Peer inner) {
    this.inner = inner;
  }

  /** Asked before each call, with its name; says what goes wrong. */
  FaultyPeer faults(Function<String, Optional<Fault>> script) {
    faults = script;
    return this;
  }

  /** These documents are refused one by one. */
  FaultyPeer forbid(Predicate<WireDocument> documents) {
    forbidden = documents;
    return this;
  }

  /** One of these in a batch, and the whole batch is refused (400). */
  FaultyPeer poison(Predicate<WireDocument> documents) {
    poison = documents;
    return this;
  }

  /** One of these in a batch, and the server falls over (500). */
  FaultyPeer deadly(Predicate<WireDocument> documents) {
    deadly = documents;
    return this;
  }

  /** These documents cannot be fetched. */
  FaultyPeer unreadable(Predicate<WireDocument> documents) {
    unreadable = documents;
    return this;
  }

  /** What is fetched arrives as something else. */
  FaultyPeer change(UnaryOperator<WireDocument> documents) {
    change = documents;
    return this;
  }

  /** Batches of more documents are refused (413). */
  FaultyPeer largestBatch(int documents) {
    largestBatch = documents;
    return this;
  }

  /** Told the size of each batch. */
  FaultyPeer watchStores(Consumer<Integer> watcher) {
    stores = watcher;
    return this;
  }

  @Override
  public String identity() {
    return inner.identity();
  }

  @Override
  public PeerInfo info() {
    return call("info", inner::info);
  }

  @Override
  public Optional<JsonObject> local(String id) {
    return call("local", () -> inner.local(id));
  }

  @Override
  public String putLocal(String id, JsonObject document) {
    return call("putLocal", () -> inner.putLocal(id, document));
  }

  @Override
  public String filterCode(ChangesFilter filter) {
    return inner.filterCode(filter);
  }

  /** These sequences are refused (400), as CouchDB does with what it cannot read. */
  FaultyPeer unknownSince(Predicate<JsonElement> sequences) {
    unknown = sequences;
    return this;
  }

  @Override
  public ChangesPage changes(ChangesRequest request) {
    if (unknown.test(request.since())) {
      throw new PeerException(PeerException.Kind.REFUSED, identity(), "Malformed sequence");
    }
    return call("changes", () -> inner.changes(request));
  }

  @Override
  public Map<String, MissingRevisions> revsDiff(Map<String, List<Revision>> revisions) {
    return call("revsDiff", () -> inner.revsDiff(revisions));
  }

  @Override
  public Fetched fetch(List<WantedRevisions> wanted, long maxBytes) {
    return call(
        "fetch",
        () -> {
          var fetched = inner.fetch(wanted, maxBytes);
          var documents = new ArrayList<WireDocument>();
          var failures = new ArrayList<>(fetched.failures());
          for (var document : fetched.documents()) {
            if (unreadable.test(document)) {
              failures.add(
                  new RevisionFailure(document.id(), document.rev(), "not_found", "missing"));
            } else {
              documents.add(change.apply(document));
            }
          }
          return new Fetched(documents, failures, fetched.rest(), fetched.bytes());
        });
  }

  @Override
  public StoreAnswer store(List<WireDocument> documents) {
    stores.accept(documents.size());
    if (documents.size() > largestBatch) {
      return new StoreAnswer.Refused(true, "too_large", "the request entity is too large");
    }
    if (documents.stream().anyMatch(poison)) {
      return new StoreAnswer.Refused(false, "doc_validation", "Bad special document member: _x");
    }
    if (documents.stream().anyMatch(deadly)) {
      throw cut("internal error");
    }
    var fault = faults.apply("store");
    if (fault.isPresent() && fault.get() instanceof Fault.TooLarge) {
      return new StoreAnswer.Refused(true, "too_large", "the request entity is too large");
    }
    if (fault.isPresent() && fault.get() instanceof Fault.HalfBatch) {
      inner.store(documents.subList(0, documents.size() / 2));
      throw cut("cut in the middle");
    }
    return apply(
        fault,
        () -> {
          var allowed = documents.stream().filter(Predicate.not(forbidden)).toList();
          var failures = new ArrayList<RevisionFailure>();
          documents.stream()
              .filter(forbidden)
              .forEach(d -> failures.add(new RevisionFailure(d.id(), d.rev(), "forbidden", "no")));
          if (inner.store(allowed) instanceof StoreAnswer.Taken(var more)) {
            failures.addAll(more);
          }
          return new StoreAnswer.Taken(failures);
        });
  }

  private <T> T call(String operation, Supplier<T> call) {
    return apply(faults.apply(operation), call);
  }

  private <T> T apply(Optional<Fault> fault, Supplier<T> call) {
    if (fault.isEmpty()) {
      return call.get();
    }
    return switch (fault.get()) {
      case Fault.CutBefore(), Fault.HalfBatch(), Fault.TooLarge() -> throw cut("cut before");
      case Fault.CutAfter() -> {
        var _ = call.get();
        throw cut("cut after");
      }
      case Fault.Overloaded(Duration after) ->
          throw new PeerException(
              PeerException.Kind.UNAVAILABLE, identity(), "too many requests", Optional.of(after));
      case Fault.Denied() ->
          throw new PeerException(PeerException.Kind.DENIED, identity(), "wrong password");
      case Fault.Bug() -> throw new IllegalStateException("nobody has foreseen this");
      case Fault.Meanwhile(Runnable action) -> {
        action.run();
        yield call.get();
      }
    };
  }

  private PeerException cut(String how) {
    return new PeerException(PeerException.Kind.UNAVAILABLE, identity(), how);
  }
}
