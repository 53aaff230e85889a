package dev.jiggety.agent.store.mango;

import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.view.IndexDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The indexes that databases have, read from their design documents when these have changed.
 * Thread-safe.
 */
public final class IndexCatalog {
  private static final int MOST_KEPT = 256;

  private final Predicate<DocumentStore> hasPartitions;
  private final Map<String, Indexes> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Indexes> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /**
   * Knows nothing yet.
   *
   * @param hasPartitions whether a database has them, which never changes
   */
  public IndexCatalog(Predicate<DocumentStore> hasPartitions) {
    this.hasPartitions = hasPartitions;
  }

  /**
   * The indexes of a database at one moment.
   *
   * @param version of the design documents
   * @param all the documents by id first
   * @param definitions how they are filled, by design document
   */
  record Indexes(long version, List<MangoIndex> all, Map<String, IndexDefinition> definitions) {
    Indexes {
      all = List.copyOf(all);
      definitions = Map.copyOf(definitions);
    }

    /** How this one is filled, with all others of its design document. */
    IndexDefinition definition(MangoIndex index) {
      return Objects.requireNonNull(definitions.get(String.valueOf(index.designId())));
    }
  }

  /** All indexes by design document and name, behind the documents by id. */
  public List<MangoIndex> list(DocumentStore store) {
    return indexes(store).all.stream()
        .sorted(
            Comparator.comparing(MangoIndex::isSpecial)
                .reversed()
                .thenComparing(index -> String.valueOf(index.designId()))
                .thenComparing(MangoIndex::name))
        .toList();
  }

  /** The signatures of all of them. */
  public Set<String> signatures(DocumentStore store) {
    var signatures = new TreeSet<String>();
    indexes(store).definitions.values().forEach(one -> signatures.add(one.signature()));
    return signatures;
  }

  Indexes indexes(DocumentStore store) {
    var version = store.designVersion(); // read first: what changes meanwhile is read once more
    synchronized (kept) {
      var known = kept.get(store.uuid());
      if (known != null && known.version == version) {
        return known;
      }
    }
    var read = read(store, version);
    synchronized (kept) {
      kept.put(store.uuid(), read);
    }
    return read;
  }

  private Indexes read(DocumentStore store, long version) {
    var partitions = hasPartitions.test(store);
    var indexes = new ArrayList<MangoIndex>();
    indexes.add(MangoIndex.ALL_DOCS);
    var definitions = new LinkedHashMap<String, IndexDefinition>();
    var designs = AllDocsQuery.range(DocumentIds.DESIGN, DocumentIds.DESIGN + "\uffff").withDocs();
    try (var rows = store.allDocs(designs)) {
      while (rows.hasNext()) {
        var document = rows.next().document();
        var own =
            document == null
                ? List.<MangoIndex>of()
                : DesignIndexes.read(document.id(), document.body(), partitions);
        if (document != null && !own.isEmpty()) {
          indexes.addAll(own);
          definitions.put(document.id(), DesignIndexes.definition(store, document.id(), own));
        }
      }
    }
    return new Indexes(version, indexes, definitions);
  }
}
