package dev.jiggety.agent.store;

import dev.jiggety.agent.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** SQLite's and the system's faults as the store's, in words that name the file and the remedy. */
public final class SqlFaults {

  private SqlFaults() {}

  public static StoreException of(Path file, SQLException fault) {
    // The low byte is the primary code, whatever the extended one says.
    var code = SQLiteErrorCode.getErrorCode(fault.getErrorCode() & 0xff);
    var kind =
        switch (code) {
          case SQLITE_FULL -> Kind.FULL;
          case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH -> Kind.READ_ONLY;
          case SQLITE_CORRUPT, SQLITE_NOTADB -> Kind.CORRUPT;
          case SQLITE_BUSY, SQLITE_LOCKED -> Kind.LOCKED;
          default -> Kind.IO;
        };
    var words =
        switch (kind) {
          case FULL -> "no space left for the store; free some, then it goes on by itself";
          case READ_ONLY -> "the store may not be written; check the rights of file and folder";
          case CORRUPT -> "the store is damaged; it is set aside when it is next opened";
          case LOCKED -> "another process keeps the store locked; end it";
          default -> "the store's disk failed (" + fault.getMessage() + ")";
        };
    return new StoreException(kind, file + ": " + words, fault);
  }

  public static StoreException of(Path file, IOException fault) {
    var reason =
        fault instanceof FileSystemException named && named.getReason() != null
            ? named.getReason()
            : fault.getMessage();
    if (fault instanceof java.nio.file.AccessDeniedException) {
      return new StoreException(
          Kind.READ_ONLY, file + ": access denied; check the rights of file and folder", fault);
    }
    var words = String.valueOf(reason);
    if (words.contains("No space left")) {
      return new StoreException(Kind.FULL, file + ": no space left; free some", fault);
    }
    if (words.contains("Read-only file system")) {
      return new StoreException(Kind.READ_ONLY, file + ": the disk is read-only", fault);
    }
    return new StoreException(Kind.IO, file + ": " + words, fault);
  }
}
