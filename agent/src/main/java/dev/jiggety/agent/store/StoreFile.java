package dev.jiggety.agent.store;

import dev.jiggety.agent.store.StoreException.Kind;
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

/** Opens a store's file: checks it, sets it aside if it is damaged, makes it if there is none. */
final class StoreFile {

  private static final System.Logger LOG = System.getLogger(StoreFile.class.getName());
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  /** What SQLite keeps beside the file. */
  static final List<String> COMPANIONS = List.of("-wal", "-shm");

  /** Memory of the writer's connection for pages, in KiB. */
  private static final int WRITER_CACHE = 4096;

  private final Path file;
  private final StoreOptions options;

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
    try {
      return openOnce(check, Optional.empty(), "");
    } catch (SQLException e) {
      if (SqlFaults.of(file, e).kind() != Kind.CORRUPT) {
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
      var created = sizeIsZero() || Schema.isEmpty(sql);
      if (!created && check) {
        check(sql);
      }
      Schema.prepareWriter(sql, options.maxFileBytes());
      if (created) {
        Schema.create(sql, newUuid(), nowMicros(), options.revsLimit());
      }
      refuseForeign(sql);
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

  private boolean sizeIsZero() {
    try {
      return Files.size(file) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void check(Sql sql) throws SQLException {
    var verdict = sql.first("PRAGMA quick_check(1)", row -> row.getString(1));
    if (!"ok".equals(verdict)) {
      throw new SQLException(
          "quick_check: " + verdict, "", org.sqlite.SQLiteErrorCode.SQLITE_CORRUPT.code);
    }
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
