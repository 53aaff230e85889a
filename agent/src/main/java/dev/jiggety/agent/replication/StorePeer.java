package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.AttachmentContent;
import dev.jiggety.agent.store.AttachmentSpool;
import dev.jiggety.agent.store.AttachmentWrite;
import dev.jiggety.agent.store.ChangesQuery;
import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.InvalidDocumentException;
import dev.jiggety.agent.store.MissingRevisions;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.RevisionFilter;
import dev.jiggety.agent.store.StoreException;
import dev.jiggety.agent.store.StoreListener;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.WriteOutcome;
import dev.jiggety.agent.store.mango.Selector;
import dev.jiggety.agent.store.mango.SelectorException;
import dev.jiggety.couch.ChangesFilter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The local store as a peer. Waiting for changes ends the moment that the store commits one. */
public final class StorePeer implements Peer {
  private final DocumentStore store;
  private final Duration linger;
  private final StoreGate gate;

  /** A peer that hands out changes at once. */
  public StorePeer(DocumentStore store) {
    this(store, Duration.ZERO);
  }

  /**
   * A peer that is in no hurry.
   *
   * @param linger how long to wait after a first change for more of them, so that they go together
   */
  public StorePeer(DocumentStore store, Duration linger) {
    this(store, linger, StoreGate.OPEN);
  }

  /**
   * A peer for somebody who may not do everything.
   *
   * @param gate every call and every document passes it
   */
  public StorePeer(DocumentStore store, Duration linger, StoreGate gate) {
    this.store = store;
    this.linger = linger;
    this.gate = gate;
  }

  @Override
  public String identity() {
    return "store " + store.name() + " " + store.uuid();
  }

  @Override
  public PeerInfo info() {
    var seq = call(store::info).updateSeq();
    return new PeerInfo(store.uuid(), new JsonPrimitive(seq));
  }

  @Override
  public Optional<JsonObject> local(String id) {
    return call(() -> store.local(id));
  }

  @Override
  public String putLocal(String id, JsonObject document) {
    var rev =
        Optional.ofNullable(document.get("_rev"))
            .map(JsonElement::getAsString)
            .map(Revision::parse);
    return switch (call(() -> store.putLocal(id, document, rev))) {
      case WriteOutcome.Stored stored -> stored.rev().toString();
      case WriteOutcome.Conflict conflict ->
          throw failure(PeerException.Kind.CONFLICT, "somebody else writes the checkpoint " + id);
      case WriteOutcome.Rejected(var doc, var error, var reason) ->
          throw failure(PeerException.Kind.REFUSED, error + ": " + reason);
    };
  }

  @Override
  public String filterCode(ChangesFilter filter) {
    return call(() ->
        FilterCode.read(
            filter,
            identity(),
            id -> store.get(id).filter(found -> !found.deleted()).map(StoredDocument::body)));
  }

  @Override
  public ChangesPage changes(ChangesRequest request) {
    var page = changesNow(request);
    if (!page.rows().isEmpty() || !request.patience().isPositive()) {
      return page;
    }
    var woken = new Semaphore(0);
    var listener =
        new StoreListener() {
          @Override
          public void changed(long seq) {
            woken.release();
          }

          @Override
          public void closed() {
            woken.release();
          }
        };
    try (var _ = store.subscribe(listener)) {
      var end = System.nanoTime() + request.patience().toNanos();
      // Once more after subscribing, for what came in between.
      for (page = changesNow(request); page.rows().isEmpty(); page = changesNow(request)) {
        if (!woken.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return page;
        }
        woken.drainPermits();
      }
      if (linger.isPositive()) {
        Thread.sleep(linger);
        page = changesNow(request);
      }
      return page;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(PeerException.Kind.UNAVAILABLE, "interrupted");
    }
  }

  private ChangesPage changesNow(ChangesRequest request) {
    return call(() -> {
      var filtered = query(request);
      var rows = new ArrayList<ChangesPage.Row>();
      try (var changes = store.changes(filtered)) {
        while (changes.hasNext()) {
          var change = changes.next();
          rows.add(
              new ChangesPage.Row(new JsonPrimitive(change.seq()), change.id(), change.leaves()));
        }
        // Counting takes a query of its own; at the end of the feed there is nothing to count.
        var pending = rows.size() < request.limit() ? 0 : changes.pending();
        return new ChangesPage(rows, new JsonPrimitive(changes.lastSeq()), pending);
      }
    });
  }

  private ChangesQuery query(ChangesRequest request) {
    var query = ChangesQuery.since(request.since().getAsLong()).withLimit(request.limit());
    return switch (request.filter()) {
      case ChangesFilter.All() -> query;
      case ChangesFilter.DocIds(var ids) -> query.withDocIds(ids);
      case ChangesFilter.Selector(var selector) -> query.withFilter(selected(selector));
      case ChangesFilter.Function _, ChangesFilter.View _ ->
          query.withFilter(gate.function(store, request.filter()));
    };
  }

  private RevisionFilter selected(JsonObject json) {
    try {
      var selector = Selector.parse(json);
      return revision -> selector.matches(store.toJson(revision, DocumentForm.PLAIN));
    } catch (SelectorException e) {
      throw failure(PeerException.Kind.REFUSED, e.reason());
    }
  }

  @Override
  public Map<String, MissingRevisions> revsDiff(Map<String, List<Revision>> revisions) {
    return call(() -> store.revsDiff(revisions));
  }

  @Override
  public Fetched fetch(List<WantedRevisions> wanted, long maxBytes) {
    return call(() -> fetchNow(wanted, maxBytes));
  }

  private Fetched fetchNow(List<WantedRevisions> wanted, long maxBytes) {
    var documents = new ArrayList<WireDocument>();
    var failures = new ArrayList<RevisionFailure>();
    var bytes = 0L;
    var ids = wanted.stream().map(WantedRevisions::id).toList();
    // Nearly always the winner is all that is wanted, and winners can be read many at a time.
    try (var rows = store.allDocs(AllDocsQuery.keys(ids).withDocs())) {
      for (var i = 0; i < wanted.size(); i++) {
        if (bytes >= maxBytes) {
          return new Fetched(documents, failures, wanted.subList(i, wanted.size()), bytes);
        }
        var winner = rows.next().document();
        for (var rev : wanted.get(i).revs()) {
          var found =
              winner != null && winner.rev().equals(rev)
                  ? List.of(winner)
                  : store.latest(wanted.get(i).id(), rev);
          if (found.isEmpty()) {
            failures.add(new RevisionFailure(wanted.get(i).id(), rev, "not_found", "missing"));
          }
          for (var document : found) {
            var wire = StoreText.write(store, document, wanted.get(i).known());
            if (wire.isPresent()) {
              bytes += wire.get().bytes();
              documents.add(wire.get());
            } else {
              failures.add(
                  new RevisionFailure(
                      document.id(), rev, "not_found", "an attachment has lost its content"));
            }
          }
        }
      }
    }
    return new Fetched(documents, failures, List.of(), bytes);
  }

  @Override
  public StoreAnswer store(List<WireDocument> documents) {
    var failures = new ArrayList<RevisionFailure>();
    var whole = new ArrayList<WireDocument>();
    store(documents.stream().filter(each -> each.following().isEmpty()).toList(), failures, whole);
    // One by one: as long as its files are there, no other takes up room.
    documents.stream()
        .filter(each -> !each.following().isEmpty())
        .forEach(each -> storeWithContents(each, failures, whole));
    whole.forEach(each -> storeWithContents(each, failures, new ArrayList<>()));
    return new StoreAnswer.Taken(failures);
  }

  private void store(
      List<WireDocument> documents, List<RevisionFailure> failures, List<WireDocument> whole) {
    var writes = new ArrayList<DocumentWrite>(documents.size());
    var admitted = new ArrayList<WireDocument>(documents.size());
    for (var document : documents) {
      try {
        writes.add(gate.admit(store, document));
        admitted.add(document);
      } catch (InvalidDocumentException e) {
        failures.add(new RevisionFailure(document.id(), document.rev(), e.error(), e.reason()));
      }
    }
    var outcomes = call(() -> gate.write(store, writes));
    for (var i = 0; i < outcomes.size(); i++) {
      note(admitted.get(i), outcomes.get(i), failures, whole);
    }
  }

  /**
   * Notes what went wrong.
   *
   * @param whole gets the document with all its attachments, where stubs were not enough
   */
  private static void note(
      WireDocument document,
      WriteOutcome outcome,
      List<RevisionFailure> failures,
      List<WireDocument> whole) {
    switch (outcome) {
      case WriteOutcome.Stored _ -> {}
      case WriteOutcome.Conflict _ ->
          failures.add(
              new RevisionFailure(
                  document.id(),
                  document.rev(),
                  WriteOutcome.Conflict.ERROR,
                  WriteOutcome.Conflict.REASON));
      case WriteOutcome.Rejected(_, var error, var reason) -> {
        var more =
            error.equals(InvalidDocumentException.MISSING_STUB)
                ? document.whole()
                : Optional.<WireDocument>empty();
        if (more.isPresent()) {
          whole.add(more.get());
        } else {
          failures.add(new RevisionFailure(document.id(), document.rev(), error, reason));
        }
      }
    }
  }

  /** Stores one document with the contents that come beside it, once all of them are here. */
  private void storeWithContents(
      WireDocument document, List<RevisionFailure> failures, List<WireDocument> whole) {
    try (var spool = store.spool()) {
      var write = gate.admit(store, document);
      for (var attachment : document.following()) {
        write = write.withAttachment(receive(spool, attachment));
      }
      var last = write;
      var outcomes = call(() -> gate.write(store, List.of(last)));
      note(document, outcomes.getFirst(), failures, whole);
    } catch (InvalidDocumentException e) {
      failures.add(new RevisionFailure(document.id(), document.rev(), e.error(), e.reason()));
    } catch (AttachmentLostException e) {
      failures.add(e.of(document));
    } catch (IOException e) {
      throw failure(PeerException.Kind.UNAVAILABLE, "no room for an attachment: " + e.getMessage());
    }
  }

  /** For the store's own thread, where a fault must be one of reading. */
  private static InputStream opened(WireAttachment attachment) throws IOException {
    try {
      return attachment.content().open();
    } catch (AttachmentLostException | PeerException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private AttachmentWrite receive(AttachmentSpool spool, WireAttachment attachment)
      throws IOException {
    AttachmentContent content;
    if (attachment.near()) {
      content =
          AttachmentContent.stored(
              () -> opened(attachment), attachment.digest(), attachment.length());
    } else {
      try (var in = attachment.open()) {
        content = spool.receive(in);
      }
    }
    return new AttachmentWrite(
        attachment.name(),
        attachment.contentType(),
        Optional.of(content),
        Optional.of(content.digest()),
        attachment.revpos());
  }

  private <T> T call(Supplier<T> call) {
    try {
      gate.enter(store);
      return call.get();
    } catch (StoreException e) {
      throw failure(PeerException.Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private PeerException failure(PeerException.Kind kind, String reason) {
    return new PeerException(kind, identity(), reason);
  }
}
