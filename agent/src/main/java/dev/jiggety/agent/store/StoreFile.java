package dev.jiggety.agent.store;

import dev.jiggety.agent.store.StoreException.Kind;
import dev.jiggety.agent.store.sql.Sql;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sqlite.SQLiteErrorCode;

/** Opens a store's file: checks it, sets it aside if it is damaged, makes it if there is none. */
final class StoreFile {

  private static final System.Logger LOG = System.getLogger(StoreFile.class.getName());
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  /** What SQLite keeps beside the file. */
  static final List<String> COMPANIONS = List.of("-wal", "-shm");

  /** Memory of the writer's connection for pages, in KiB. */
  private static final int WRITER_CACHE = 4096;

  /** SQLite's default, which the schema does not change. */
  private static final int PAGE_BYTES = 4096;

  private final Path file;
  private final StoreOptions options;
  private boolean cut;

  StoreFile(Path file, StoreOptions options) {
    this.file = file;
    this.options = options;
  }

  /** An open file. */
  record Opened(Sql sql, StoreState state, OpenReport report) {}

  /**
   * Opens it. The caller holds the lock.
   *
   * @param check whether to run SQLite's check
   */
  Opened open(boolean check) throws SQLException, IOException {
    if (!Files.exists(file)) {
      // A log that lost its file must not be replayed into a new one.
      for (var companion : COMPANIONS) {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + companion));
      }
    }
    cut = isCut();
    try {
      return openOnce(check, Optional.empty(), "");
    } catch (SQLException e) {
      if (!isDamage(e)) {
        throw e;
      }
      var reason = String.valueOf(e.getMessage());
      var aside = setAside();
      LOG.log(Level.ERROR, "{0} is damaged ({1}); it is now {2}", file, reason, aside);
      var opened = openOnce(check, Optional.of(aside), reason);
      options.onSetAside().accept(opened.report);
      return opened;
    }
  }

  private Opened openOnce(boolean check, Optional<Path> aside, String reason) throws SQLException {
    var sql = Sql.open(file, WRITER_CACHE);
    try {
      var created = Schema.isEmpty(sql);
      if (!created) {
        refuseForeign(sql);
        if (check) {
          check(sql);
        }
      }
      Schema.prepareWriter(sql, options.maxFileBytes());
      if (created) {
        Schema.create(sql, newUuid(), nowMicros(), options.revsLimit());
      }
      var state = StoreState.load(sql);
      if (state.uuid().isEmpty()) {
        state = state.renewed(newUuid(), nowMicros());
        state.save(sql);
      }
      return new Opened(sql, state, new OpenReport(created, aside, reason));
    } catch (SQLException | RuntimeException e) {
      sql.close();
      throw e;
    }
  }

  private boolean isDamage(SQLException fault) {
    // All that runs at open is right SQL; where SQLite cannot make sense of it, the file is wrong.
    return SqlFaults.of(file, fault).kind() == Kind.CORRUPT
        || fault.getErrorCode() == SQLiteErrorCode.SQLITE_ERROR.code;
  }

  private void check(Sql sql) throws SQLException {
    if (cut) {
      throw damaged("the file does not end where a page ends");
    }
    var verdict = sql.first("PRAGMA quick_check(1)", row -> row.getString(1));
    if (!"ok".equals(verdict)) {
      throw damaged("quick_check: " + verdict);
    }
  }

  private static SQLException damaged(String reason) {
    return new SQLException(reason, "", SQLiteErrorCode.SQLITE_CORRUPT.code);
  }

  /**
   * Whether the file ends within a page. After a power cut it may, while the log still has that
   * page; without a log it was cut by something else, which SQLite's check does not see.
   */
  private boolean isCut() throws IOException {
    var log = file.resolveSibling(file.getFileName() + "-wal");
    return Files.exists(file)
        && Files.size(file) % PAGE_BYTES != 0
        && (!Files.exists(log) || Files.size(log) == 0);
  }

  private void refuseForeign(Sql sql) throws SQLException {
    if (sql.number("PRAGMA application_id") != Schema.APPLICATION_ID) {
      throw new StoreException(
          Kind.IO, file + ": this is not a Jiggety store; choose another file");
    }
    if (sql.number("PRAGMA user_version") > Schema.VERSION) {
      throw new StoreException(
          Kind.IO, file + ": written by a newer Jiggety; upgrade this one or restore a backup");
    }
  }

  private Path setAside() throws IOException {
    var stamp = STAMP.format(Instant.ofEpochMilli(options.clock().millis()));
    var aside = file.resolveSibling(file.getFileName() + ".corrupt-" + stamp);
    Files.move(file, aside);
    for (var companion : COMPANIONS) {
      try {
        Files.move(
            file.resolveSibling(file.getFileName() + companion),
            aside.resolveSibling(aside.getFileName() + companion));
      } catch (NoSuchFileException e) {
        // Not every damaged store had one.
      }
    }
    return aside;
  }

  private static String newUuid() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private long nowMicros() {
    var now = options.clock().instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }
}
