package dev.jiggety.agent.replication;

import dev.jiggety.agent.store.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A quarantine for a replication between two others: it ends with the program, so that after a
 * restart what was refused is tried again only when it changes, as in CouchDB. Holds a bounded
 * number of entries; the oldest go first.
 */
public final class MemoryQuarantine implements Quarantine {
  private static final int MOST = 10_000;

  private record Key(String id, Revision rev) {}

  private final Map<Key, QuarantinedDocument> entries = new LinkedHashMap<>();

  @Override
  public synchronized void add(QuarantinedDocument document) {
    entries.put(new Key(document.id(), document.rev()), document);
    if (entries.size() > MOST) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  @Override
  public synchronized void remove(String id, Revision rev) {
    entries.remove(new Key(id, rev));
  }

  @Override
  public synchronized Optional<QuarantinedDocument> find(String id, Revision rev) {
    return Optional.ofNullable(entries.get(new Key(id, rev)));
  }

  @Override
  public synchronized List<QuarantinedDocument> list() {
    return new ArrayList<>(entries.values());
  }

  @Override
  public synchronized int count() {
    return entries.size();
  }
}
