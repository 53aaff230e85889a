package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.MissingRevisions;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.couch.ChangesFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A database in memory, as simple as can be: each document is the set of revisions known of it, and
 * which of them have a child. Shares no code with the store, so that one can check the other.
 */
final class MemoryPeer implements Peer {
  private static final class Document {
    final Set<Revision> known = new HashSet<>();
    final Set<Revision> parents = new HashSet<>();
    final Map<Revision, WireDocument> bodies = new LinkedHashMap<>();
    long seq;

    List<Revision> leaves() {
      return bodies.keySet().stream().filter(rev -> !parents.contains(rev)).toList();
    }
  }

  private final String name;
  private final Map<String, Document> documents = new LinkedHashMap<>();
  private final Map<String, JsonObject> locals = new HashMap<>();
  private String filterCode = "";
  private int incarnation = 1;
  private long seq;
  private long stored;
  private Consumer<Duration> onWait = patience -> {};

  MemoryPeer(String name) {
    this.name = name;
  }

  /** What to do instead of waiting: fake time passes, or somebody writes. */
  synchronized void onWait(Consumer<Duration> action) {
    onWait = action;
  }

  /** Deletes the database and makes it anew. */
  synchronized void recreate() {
    documents.clear();
    locals.clear();
    incarnation++;
    seq = 0;
    stored = 0;
  }

  /** How many revisions were really stored; those known already do not count. */
  synchronized long storedRevisions() {
    return stored;
  }

  /** Takes the checkpoints back to what they were, as a restored backup does. */
  synchronized Map<String, JsonObject> copyOfLocals() {
    return new HashMap<>(locals);
  }

  synchronized void restoreLocals(Map<String, JsonObject> copy) {
    locals.clear();
    locals.putAll(copy);
  }

  synchronized long seq() {
    return seq;
  }

  synchronized Set<String> ids() {
    return new LinkedHashSet<>(documents.keySet());
  }

  /** The leaves of all documents, as text: what two replicas must agree on. */
  synchronized Map<String, List<String>> leaves() {
    var all = new TreeMap<String, List<String>>();
    documents.forEach((id, document) ->
        all.put(
            id,
            document.leaves().stream()
                .map(rev -> rev + " " + body(document.bodies.get(rev)))
                .sorted()
                .toList()));
    return all;
  }

  private static JsonObject body(WireDocument document) {
    var json = document.json().deepCopy();
    json.remove("_revisions");
    json.remove("_rev");
    return json;
  }

  /** The revision of a leaf and what it grew out of, newest first. */
  synchronized List<Revision> history(String id, Revision leaf) {
    return Docs.history(documents.get(id).bodies.get(leaf).json());
  }

  synchronized List<Revision> leaves(String id) {
    var document = documents.get(id);
    return document == null ? List.of() : document.leaves();
  }

  @Override
  public String identity() {
    return "memory " + name;
  }

  @Override
  public synchronized PeerInfo info() {
    return new PeerInfo(Integer.toString(incarnation), new JsonPrimitive(seq));
  }

  @Override
  public synchronized Optional<JsonObject> local(String id) {
    return Optional.ofNullable(locals.get(id)).map(JsonObject::deepCopy);
  }

  @Override
  public synchronized String putLocal(String id, JsonObject document) {
    var known = locals.get(id);
    JsonElement rev = document.get("_rev");
    if (known == null ? rev != null : !known.get("_rev").equals(rev)) {
      throw new PeerException(PeerException.Kind.CONFLICT, identity(), "conflict");
    }
    var count = known == null ? 0 : Integer.parseInt(known.get("_rev").getAsString().substring(2));
    var next = "0-" + (count + 1);
    var copy = document.deepCopy();
    copy.addProperty("_rev", next);
    locals.put(id, copy);
    return next;
  }

  @Override
  public synchronized String filterCode(ChangesFilter filter) {
    return filterCode;
  }

  /** Changes the filter's function, as far as anybody can see. */
  synchronized void setFilterCode(String code) {
    filterCode = code;
  }

  /** Functions let everything pass. */
  private static boolean passes(ChangesFilter filter, String id) {
    return !(filter instanceof ChangesFilter.DocIds(var ids)) || ids.contains(id);
  }

  @Override
  public ChangesPage changes(ChangesRequest request) {
    var page = changesNow(request);
    if (page.rows().isEmpty() && request.patience().isPositive()) {
      onWait.accept(request.patience());
      page = changesNow(request);
    }
    return page;
  }

  private synchronized ChangesPage changesNow(ChangesRequest request) {
    var since = request.since().getAsLong();
    var all =
        documents.entrySet().stream()
            .filter(entry -> entry.getValue().seq > since)
            .filter(e -> passes(request.filter(), e.getKey()))
            .sorted((a, b) -> Long.compare(a.getValue().seq, b.getValue().seq))
            .toList();
    var rows =
        all.stream()
            .limit(request.limit())
            .map(entry ->
                new ChangesPage.Row(
                    new JsonPrimitive(entry.getValue().seq),
                    entry.getKey(),
                    entry.getValue().leaves()))
            .toList();
    var last = all.size() > rows.size() ? rows.getLast().seq() : new JsonPrimitive(seq);
    return new ChangesPage(rows, last, all.size() - rows.size());
  }

  @Override
  public synchronized Map<String, MissingRevisions> revsDiff(Map<String, List<Revision>> asked) {
    var missing = new LinkedHashMap<String, MissingRevisions>();
    asked.forEach((id, revs) -> {
      var document = documents.get(id);
      var lacks =
          revs.stream().filter(r -> document == null || !document.known.contains(r)).toList();
      if (!lacks.isEmpty()) {
        missing.put(id, new MissingRevisions(lacks, List.of()));
      }
    });
    return missing;
  }

  @Override
  public synchronized Fetched fetch(List<WantedRevisions> wanted, long maxBytes) {
    var found = new ArrayList<WireDocument>();
    var failures = new ArrayList<RevisionFailure>();
    var bytes = 0L;
    for (var i = 0; i < wanted.size(); i++) {
      if (bytes >= maxBytes) {
        return new Fetched(found, failures, wanted.subList(i, wanted.size()), bytes);
      }
      var one = wanted.get(i);
      for (var rev : one.revs()) {
        var latest = latest(one.id(), rev);
        if (latest.isEmpty()) {
          failures.add(new RevisionFailure(one.id(), rev, "not_found", "missing"));
        }
        found.addAll(latest);
        bytes += latest.stream().mapToLong(document -> document.text().length()).sum();
      }
    }
    return new Fetched(found, failures, List.of(), bytes);
  }

  private List<WireDocument> latest(String id, Revision rev) {
    var document = documents.get(id);
    if (document == null) {
      return List.of();
    }
    return document.leaves().stream()
        .map(document.bodies::get)
        .filter(leaf -> Docs.history(leaf.json()).contains(rev))
        .toList();
  }

  @Override
  public synchronized StoreAnswer store(List<WireDocument> batch) {
    for (var wire : batch) {
      var document = documents.computeIfAbsent(wire.id(), id -> new Document());
      if (!document.known.contains(wire.rev())) {
        var history = Docs.history(wire.json());
        document.known.addAll(history);
        document.parents.addAll(history.subList(1, history.size()));
        document.bodies.put(wire.rev(), wire);
        document.seq = ++seq;
        stored++;
      }
    }
    return new StoreAnswer.Taken(List.of());
  }
}
