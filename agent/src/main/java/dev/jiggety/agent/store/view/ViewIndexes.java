package dev.jiggety.agent.store.view;

import dev.jiggety.agent.store.DatabaseListener;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.SqlFaults;
import dev.jiggety.agent.store.StoreException;
import dev.jiggety.agent.store.StoreException.Kind;
import dev.jiggety.agent.store.Subscription;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All indexes of a folder of databases, in a folder beside each. An index that nobody uses gives
 * its file handles back. Thread-safe.
 *
 * <p>A file is named by the identity of its store and the signature of its definition. So a
 * database that was deleted and made again never sees an old index, whatever a crash left behind.
 */
public final class ViewIndexes implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ViewIndexes.class.getName());
  private static final int MOST_AWAKE = 64;
  private static final Duration REST_AFTER = Duration.ofMinutes(10);

  private final Databases databases;
  private final Map<String, SqliteViewIndex> indexes = new ConcurrentHashMap<>();
  private final Subscription subscription;
  private volatile boolean closed;

  private ViewIndexes(Databases databases) {
    this.databases = databases;
    this.subscription =
        databases.subscribe(
            new DatabaseListener() {
              @Override
              public void deleted(String name) {
                databaseDeleted(name);
              }
            });
  }

  /** The indexes of these databases; close them before the databases. */
  public static ViewIndexes open(Databases databases) {
    return new ViewIndexes(databases);
  }

  /** The index with this definition; made (empty) if there is none. */
  public ViewIndex find(DocumentStore store, IndexDefinition definition) {
    var uuid = store.uuid();
    var name = fileName(uuid, definition.signature());
    var index = indexes.get(name);
    if (index == null) {
      index =
          indexes.computeIfAbsent(
              name,
              absent -> {
                if (closed) {
                  throw new StoreException(Kind.CLOSED, "the indexes are closed");
                }
                var path = databases.viewFolder(store.name()).resolve(absent);
                return new SqliteViewIndex(store, uuid, definition, path);
              });
    }
    if (!index.awake()) {
      makeRoom(index);
    }
    return index;
  }

  private static String fileName(String uuid, String signature) {
    return uuid + "-" + signature + ".sqlite";
  }

  /** Puts to rest what nobody used for long, and the least recently used if too many are open. */
  private void makeRoom(SqliteViewIndex wanted) {
    var now = System.nanoTime();
    var unused = new TreeMap<Long, SqliteViewIndex>(Comparator.reverseOrder());
    for (var index : indexes.values()) {
      if (index != wanted && index.awake()) {
        unused.put(now - index.lastUse(), index);
      }
    }
    var tooMany = unused.size() + 1 - MOST_AWAKE;
    for (var entry : unused.entrySet()) {
      if (tooMany > 0 || entry.getKey() > REST_AFTER.toNanos()) {
        tooMany -= entry.getValue().rest() ? 1 : 0;
      }
    }
  }

  /** Deletes the indexes of a database whose signatures are not among these. */
  public void cleanUp(DocumentStore store, Set<String> signatures) {
    var uuid = store.uuid();
    for (var entry : indexes.entrySet()) {
      var index = entry.getValue();
      if (index.storeUuid().equals(uuid) && !signatures.contains(index.definition().signature())) {
        end(entry.getKey(), index, "its design document is gone");
      }
    }
    var folder = databases.viewFolder(store.name());
    try {
      deleteFiles(
          folder,
          name ->
              !name.startsWith(uuid)
                  || signatures.stream().noneMatch(s -> name.startsWith(fileName(uuid, s))));
    } catch (IOException e) {
      throw SqlFaults.of(folder, e);
    }
  }

  private void databaseDeleted(String name) {
    // By now there may be another one of that name.
    var uuid = databases.find(name).map(DocumentStore::uuid);
    for (var entry : indexes.entrySet()) {
      var index = entry.getValue();
      if (index.store().name().equals(name) && isNot(uuid, index.storeUuid())) {
        end(entry.getKey(), index, "the database was deleted");
      }
    }
    var folder = databases.viewFolder(name);
    try {
      deleteFiles(folder, file -> uuid.isEmpty() || !file.startsWith(uuid.get()));
      if (uuid.isEmpty()) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "{0} is left for the next start: {1}", folder, e.getMessage());
    }
  }

  private static boolean isNot(Optional<String> uuid, String other) {
    return uuid.filter(other::equals).isEmpty();
  }

  private void end(String name, SqliteViewIndex index, String because) {
    index.close(because);
    try {
      index.delete();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "{0} is left for the next cleaning: {1}", index, e.getMessage());
    }
    indexes.remove(name, index);
  }

  /** Deletes files that no index has open. */
  private void deleteFiles(Path folder, java.util.function.Predicate<String> unwanted)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        if (unwanted.test(file.getFileName().toString())) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Ends updates under way after their batch and closes all files. */
  @Override
  public void close() {
    subscription.close();
    closed = true;
    indexes.values().forEach(index -> index.close("the indexes are closed"));
  }
}
