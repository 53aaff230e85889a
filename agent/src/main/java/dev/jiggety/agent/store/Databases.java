package dev.jiggety.agent.store;

import dev.jiggety.agent.store.StoreException.Kind;
import dev.jiggety.base.ProcessLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A folder of databases, each a {@link DocumentStore}. The stores belong to this object: do not
 * close them. One that nobody uses gives its file handles and memory back and takes them again with
 * the next call. Every method may be called from any thread.
 */
public final class Databases implements AutoCloseable {

  private final Path folder;
  private final Options options;
  private final ProcessLock lock;
  private final String serverUuid;
  private final Map<String, SqliteDocumentStore> stores = new ConcurrentHashMap<>();
  private final List<DatabaseListener> listeners = new CopyOnWriteArrayList<>();
  private boolean closed;

  /**
   * How to keep them.
   *
   * @param storeOptions the options of the database of this name
   * @param mostAwake how many may be open at a time; one in use is never closed for that
   * @param restAfter how long unused before it is put to rest, when another one is opened
   */
  public record Options(
      Function<String, StoreOptions> storeOptions, int mostAwake, Duration restAfter) {

    /** Default stores, 64 of them open, ten minutes. */
    public static Options defaults() {
      return new Options(name -> StoreOptions.defaults(), 64, Duration.ofMinutes(10));
    }

    /** The same with other options of the stores. */
    public Options withStoreOptions(Function<String, StoreOptions> other) {
      return new Options(other, mostAwake, restAfter);
    }
  }

  private Databases(Path folder, Options options, ProcessLock lock, String serverUuid) {
    this.folder = folder;
    this.options = options;
    this.lock = lock;
    this.serverUuid = serverUuid;
  }

  /**
   * Opens the folder, making it if there is none.
   *
   * @throws StoreException LOCKED when another process has it, READ_ONLY, IO
   */
  public static Databases open(Path folder, Options options) {
    try {
      Files.createDirectories(folder);
      var lock = StoreLock.take(folder.resolve("databases.lock"), folder);
      try {
        DatabaseFiles.removeDeleted(folder);
        return new Databases(folder, options, lock, readServerUuid(folder.resolve("server-uuid")));
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw SqlFaults.of(folder, e);
    }
  }

  private static String readServerUuid(Path file) throws IOException {
    if (Files.exists(file)) {
      var known = Files.readString(file, StandardCharsets.US_ASCII).strip();
      if (known.matches("[0-9a-f]{32}")) {
        return known;
      }
    }
    var made = UUID.randomUUID().toString().replace("-", "");
    var partial = file.resolveSibling(file.getFileName() + ".partial");
    Files.writeString(
        partial,
        made + "\n",
        StandardCharsets.US_ASCII,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return made;
  }

  /** Names this folder among servers; made once. */
  public String serverUuid() {
    return serverUuid;
  }

  /** CouchDB's rule for names, and its system databases. */
  public static boolean isLegalName(String name) {
    return DatabaseFiles.isLegalName(name);
  }

  /**
   * Makes a database.
   *
   * @return empty if there is one of that name
   * @throws IllegalArgumentException for a name that {@link #isLegalName} refuses
   */
  public Optional<DocumentStore> create(String name) {
    if (!isLegalName(name)) {
      throw new IllegalArgumentException(
          "Name: '"
              + name
              + "'. Only lowercase characters (a-z), digits (0-9), and any of the characters _, $,"
              + " (, ), +, -, and / are allowed. Must begin with a letter.");
    }
    SqliteDocumentStore store;
    synchronized (this) {
      refuseClosed();
      if (Files.exists(file(name))) {
        return Optional.empty();
      }
      store = handle(name);
      try {
        store.wake();
      } catch (StoreException e) {
        // Or it would be found, though there is none, and made by whoever looks at it.
        stores.remove(name, store);
        throw e;
      }
    }
    makeRoom(store);
    listeners.forEach(listener -> listener.created(name));
    return Optional.of(store);
  }

  /** The database of this name; empty if there is none. */
  public Optional<DocumentStore> find(String name) {
    if (!isLegalName(name)) {
      return Optional.empty();
    }
    var known = stores.get(name);
    if (known == null) {
      synchronized (this) {
        refuseClosed();
        if (!Files.exists(file(name))) {
          return Optional.empty();
        }
        known = handle(name);
      }
    }
    if (!known.sessions().awake()) {
      makeRoom(known);
    }
    return Optional.of(known);
  }

  /** The database of this name, made if there is none. */
  public DocumentStore findOrCreate(String name) {
    return find(name).or(() -> create(name)).or(() -> find(name)).orElseThrow();
  }

  /**
   * Deletes a database; whoever is reading it gets {@link Kind#CLOSED} at the next step.
   *
   * @return false if there is none
   */
  public boolean delete(String name) {
    if (!isLegalName(name)) {
      return false;
    }
    synchronized (this) {
      refuseClosed();
      if (!Files.exists(file(name))) {
        return false;
      }
      var store = stores.remove(name);
      if (store != null) {
        store.close("the database was deleted");
      }
      try {
        DatabaseFiles.delete(file(name));
      } catch (IOException e) {
        throw SqlFaults.of(file(name), e);
      }
    }
    listeners.forEach(listener -> listener.deleted(name));
    return true;
  }

  /**
   * The folder for the indexes of a database; need not exist. Once the database is deleted it is
   * removed when the databases are next opened, if nobody has done so before.
   */
  public Path viewFolder(String name) {
    return DatabaseFiles.views(file(name));
  }

  /** The names of all databases, sorted. */
  public List<String> list() {
    try {
      return DatabaseFiles.list(folder);
    } catch (IOException e) {
      throw SqlFaults.of(folder, e);
    }
  }

  /** Tells the listener of databases that come, change and go. Keeps none of them awake. */
  public Subscription subscribe(DatabaseListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private Path file(String name) {
    return folder.resolve(DatabaseFiles.fileName(name));
  }

  private SqliteDocumentStore handle(String name) {
    return stores.computeIfAbsent(
        name,
        absent ->
            new SqliteDocumentStore(
                absent,
                file(absent),
                options.storeOptions().apply(absent),
                () -> listeners.forEach(listener -> listener.updated(absent))));
  }

  /** Puts to rest what nobody used for long, and the least recently used if too many are open. */
  private void makeRoom(SqliteDocumentStore wanted) {
    var now = System.nanoTime();
    var unused = new TreeMap<Long, SessionKeeper>(Comparator.reverseOrder());
    for (var store : stores.values()) {
      if (store != wanted && store.sessions().awake()) {
        unused.put(now - store.sessions().lastUse(), store.sessions());
      }
    }
    var tooMany = unused.size() + 1 - options.mostAwake();
    for (var entry : unused.entrySet()) {
      if (tooMany > 0 || entry.getKey() > options.restAfter().toNanos()) {
        tooMany -= entry.getValue().rest() ? 1 : 0;
      }
    }
  }

  private void refuseClosed() {
    if (closed) {
      throw new StoreException(Kind.CLOSED, folder + ": the databases are closed");
    }
  }

  /** Closes all stores. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (lock) {
      stores.values().forEach(DocumentStore::close);
    } catch (IOException e) {
      throw SqlFaults.of(folder, e);
    }
  }
}
