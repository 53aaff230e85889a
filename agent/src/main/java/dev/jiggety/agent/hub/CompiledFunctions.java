package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoredDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Functions compiled once for each revision of their design document; those that were used last are
 * kept. Thread-safe.
 *
 * @param <F> the kind of function
 */
final class CompiledFunctions<F> {
  private static final int REMEMBERED = 100;

  private final Map<Source, F> known = new LinkedHashMap<>(16, 0.75f, true);

  /** Where a function stands; {@code path} says what kind of function it is. */
  private record Source(String store, String design, String rev, List<String> path) {}

  /** The function at this place, compiled if nobody has done so. */
  F find(DocumentStore store, StoredDocument design, List<String> path, Supplier<F> compile) {
    var source = new Source(store.uuid(), design.id(), design.rev().toString(), path);
    synchronized (known) {
      var function = known.get(source);
      if (function != null) {
        return function;
      }
    }
    var made = compile.get();
    synchronized (known) {
      known.put(source, made);
      if (known.size() > REMEMBERED) {
        known.remove(known.keySet().iterator().next());
      }
    }
    return made;
  }
}
