package dev.jiggety.agent.store;

import dev.jiggety.agent.store.StoreException.Kind;
import dev.jiggety.agent.store.sql.NativeLibrary;
import dev.jiggety.agent.store.sql.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.sqlite.SQLiteErrorCode;

/**
 * Copies all databases of a folder, also while another process has them and writes. Each copy is
 * consistent at one moment of its own, compact, and takes a new identity when it is first opened,
 * so that replication does not trust checkpoints from after the copy.
 */
public final class FolderBackup {
  private static final int CACHE = 1024;

  private FolderBackup() {}

  /**
   * Copies.
   *
   * @param target a folder with no databases in it; made if there is none
   * @return the names of the databases copied
   * @throws StoreException with one line that says what is wrong; what was copied so far is whole
   */
  public static List<String> copy(Path folder, Path target) {
    var copied = new ArrayList<String>();
    try {
      var names = DatabaseFiles.list(folder);
      if (names.isEmpty()) {
        throw new StoreException(Kind.IO, folder + ": there are no databases in it");
      }
      Files.createDirectories(target);
      NativeLibrary.prepare(target);
      for (var name : names) {
        var file = DatabaseFiles.fileName(name);
        if (copyOne(folder.resolve(file), target.resolve(file))) {
          copied.add(name);
        }
      }
      return copied;
    } catch (IOException e) {
      throw SqlFaults.of(folder, e);
    }
  }

  /**
   * Copies one file of SQLite that is no store, while it is in use.
   *
   * @throws StoreException with one line that says what is wrong
   */
  public static void copyFile(Path file, Path target) {
    try {
      NativeLibrary.prepare(
          Objects.requireNonNull(target.toAbsolutePath().getParent(), "a file in no folder"));
      Backup.refuseExisting(target);
      try (var sql = Sql.openToRead(file, CACHE)) {
        Backup.write(sql, target, false);
      }
    } catch (SQLException e) {
      throw SqlFaults.of(file, e);
    } catch (IOException e) {
      throw SqlFaults.of(file, e);
    }
  }

  /** False where the database was deleted in the meantime. */
  private static boolean copyOne(Path file, Path target) throws IOException {
    Backup.refuseExisting(target);
    try (var sql = Sql.openToRead(file, CACHE)) {
      Backup.write(sql, target);
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() == SQLiteErrorCode.SQLITE_CANTOPEN.code && !Files.exists(file)) {
        return false;
      }
      throw SqlFaults.of(file, e);
    }
  }
}
