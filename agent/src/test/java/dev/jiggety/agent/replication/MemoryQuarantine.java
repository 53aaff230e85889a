package dev.jiggety.agent.replication;

import dev.jiggety.agent.store.Revision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A quarantine for tests. */
final class MemoryQuarantine implements Quarantine {
  private final Map<String, QuarantinedDocument> entries = new LinkedHashMap<>();

  @Override
  public synchronized void add(QuarantinedDocument document) {
    entries.put(document.id() + " " + document.rev(), document);
  }

  @Override
  public synchronized void remove(String id, Revision rev) {
    entries.remove(id + " " + rev);
  }

  @Override
  public synchronized Optional<QuarantinedDocument> find(String id, Revision rev) {
    return Optional.ofNullable(entries.get(id + " " + rev));
  }

  @Override
  public synchronized List<QuarantinedDocument> list() {
    return List.copyOf(entries.values());
  }

  @Override
  public synchronized int count() {
    return entries.size();
  }
}
