package dev.jiggety.agent.slot;

import dev.jiggety.agent.slot.SlotState.Kept;
import dev.jiggety.agent.store.sql.NativeLibrary;
import dev.jiggety.agent.store.sql.Sql;
import dev.jiggety.agent.store.sql.Transactions;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.rules.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a node in one SQLite file, synced with each change. A content is written once and
 * found by its digest, so a head costs a row, and a patch what it changes and a short line for each
 * document. What is damaged is set aside, never deleted: then the node gets everything from the hub
 * again.
 */
public final class SlotFile implements SlotStore {
  private static final Logger LOG = System.getLogger(SlotFile.class.getName());
  private static final int CACHE_KIB = 256;
  private static final String STATE = "slots";

  private final Path file;
  private final InstantSource clock;
  private Sql sql;
  private String trouble = "";

  /** Digests of the configurations that are in the file. */
  private final Set<String> held = new HashSet<>();

  private SlotFile(Path file, InstantSource clock, Sql sql) {
    this.file = file;
    this.clock = clock;
    this.sql = sql;
  }

  /**
   * Opens the file, made anew if there is none.
   *
   * @throws UncheckedIOException with one line, when it cannot be opened
   */
  public static SlotFile open(Path file, InstantSource clock) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      NativeLibrary.prepare(folder);
    }
    try {
      try {
        return new SlotFile(file, clock, openSound(file));
      } catch (SQLException e) {
        if (!isDamage(e)) {
          throw e;
        }
        Path aside = setAside(file, clock);
        SlotFile opened = new SlotFile(file, clock, openSound(file));
        opened.trouble(aside, String.valueOf(e.getMessage()));
        return opened;
      }
    } catch (SQLException | IOException e) {
      throw new UncheckedIOException(
          "cannot open the slots "
              + file
              + ": "
              + e.getMessage()
              + "; see that the disk has room"
              + " and the file may be written",
          new IOException(e));
    }
  }

  private static Sql openSound(Path file) throws SQLException {
    Sql sql = Sql.open(file, CACHE_KIB);
    try {
      String check = sql.first("PRAGMA quick_check(1)", row -> row.getString(1));
      if (!"ok".equals(check)) {
        throw new SQLException("quick_check found damage", "", 11);
      }
      sql.first("PRAGMA journal_mode = WAL", row -> row.getString(1));
      sql.run("PRAGMA synchronous = FULL");
      sql.run(
          "CREATE TABLE IF NOT EXISTS state(key TEXT PRIMARY KEY, value TEXT NOT NULL)"
              + " WITHOUT ROWID");
      sql.run(
          "CREATE TABLE IF NOT EXISTS content(digest TEXT PRIMARY KEY, text TEXT NOT NULL)"
              + " WITHOUT ROWID");
      sql.run(
          "CREATE TABLE IF NOT EXISTS member(configuration TEXT NOT NULL, id TEXT NOT NULL,"
              + " content TEXT NOT NULL, PRIMARY KEY(configuration, id)) WITHOUT ROWID");
      return sql;
    } catch (SQLException e) {
      sql.close();
      throw e;
    }
  }

  @Override
  public Kept load() {
    try {
      String text =
          sql.first("SELECT value FROM state WHERE key = ?", row -> row.getString(1), STATE);
      held.addAll(sql.list("SELECT DISTINCT configuration FROM member", row -> row.getString(1)));
      return text == null ? Kept.NOTHING : KeptJson.read(text, this::configuration);
    } catch (SQLException | RuntimeException e) {
      return startAnew(e);
    }
  }

  @Override
  public void save(Kept kept) {
    Set<String> wanted = new TreeSet<>();
    List<String> added = new ArrayList<>();
    try {
      sql.update("BEGIN IMMEDIATE");
      add(kept.active(), wanted, added);
      Slot standby = kept.standby();
      if (standby != null) {
        add(standby, wanted, added);
      }
      drop(wanted);
      sql.update("REPLACE INTO state(key, value) VALUES(?, ?)", STATE, KeptJson.write(kept));
      sql.update("COMMIT");
      held.addAll(added);
      held.retainAll(wanted);
    } catch (SQLException | RuntimeException e) {
      Transactions.rollBack(sql, e);
      throw new SlotStoreException(
          "what this node runs cannot be kept in "
              + file
              + ": "
              + e.getMessage()
              + "; make room on the disk",
          e);
    }
  }

  @Override
  public String trouble() {
    return trouble;
  }

  /** Bounds the file; 0 = no limit. */
  void limit(long bytes) throws SQLException {
    long pages = bytes == 0 ? 0xfffffffeL : Math.max(1, bytes / 4096);
    sql.first("PRAGMA max_page_count = " + pages, row -> row.getLong(1));
  }

  /** How many rows a table has. */
  long count(String table) throws SQLException {
    return sql.number("SELECT count(*) FROM " + table);
  }

  @Override
  public void close() {
    try {
      sql.close();
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "the slots {0} did not close well: {1}", file, e.getMessage());
    }
  }

  private void add(Slot slot, Set<String> wanted, List<String> added) throws SQLException {
    String digest = slot.digest();
    if (!wanted.add(digest) || held.contains(digest)) {
      return;
    }
    for (Map.Entry<String, Content> document : slot.configuration().documents().entrySet()) {
      Content content = document.getValue();
      sql.update(
          "INSERT OR IGNORE INTO content(digest, text) VALUES(?, ?)",
          content.digest(),
          content.text());
      sql.update(
          "REPLACE INTO member(configuration, id, content) VALUES(?, ?, ?)",
          digest,
          document.getKey(),
          content.digest());
    }
    added.add(digest);
  }

  private void drop(Set<String> wanted) throws SQLException {
    boolean dropped = false;
    for (String digest : held) {
      if (!wanted.contains(digest)) {
        sql.update("DELETE FROM member WHERE configuration = ?", digest);
        dropped = true;
      }
    }
    if (dropped) {
      sql.update("DELETE FROM content WHERE digest NOT IN (SELECT content FROM member)");
    }
  }

  /** The configuration of that digest, if what is there proves it. */
  private @Nullable Configuration configuration(String digest) {
    SortedMap<String, Content> documents = new TreeMap<>();
    try {
      sql.list(
              "SELECT member.id, content.text FROM member JOIN content ON content.digest ="
                  + " member.content WHERE member.configuration = ?",
              row -> Map.entry(row.getString(1), Digests.content(row.getString(2))),
              digest)
          .forEach(document -> documents.put(document.getKey(), document.getValue()));
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    Configuration configuration = new Configuration(documents);
    if (Digests.of(configuration).equals(digest)) {
      return configuration;
    }
    held.remove(digest);
    trouble = "a slot in " + file + " was damaged and is not used; it comes from the hub again";
    LOG.log(Level.ERROR, trouble);
    return null;
  }

  private Kept startAnew(Exception why) {
    try {
      sql.close();
      Path aside = setAside(file, clock);
      sql = openSound(file);
      held.clear();
      trouble(aside, String.valueOf(why.getMessage()));
      return Kept.NOTHING;
    } catch (SQLException | IOException e) {
      throw new UncheckedIOException(
          "cannot open the slots " + file + ": " + e.getMessage(), new IOException(e));
    }
  }

  private void trouble(Path aside, String why) {
    trouble =
        file
            + " was damaged; it is kept as "
            + aside.getFileName()
            + ", and everything comes from the hub again";
    LOG.log(Level.ERROR, "{0} ({1})", trouble, why);
  }

  private static Path setAside(Path file, InstantSource clock) throws IOException {
    Path aside =
        file.resolveSibling(file.getFileName() + ".damaged-" + clock.instant().toEpochMilli());
    Files.move(file, aside);
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-wal"));
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
    return aside;
  }

  /** SQLITE_CORRUPT and SQLITE_NOTADB. */
  private static boolean isDamage(SQLException e) {
    int code = e.getErrorCode() & 0xff;
    return code == 11 || code == 26;
  }
}
