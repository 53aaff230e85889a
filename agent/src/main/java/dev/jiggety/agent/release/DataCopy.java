package dev.jiggety.agent.release;

import dev.jiggety.agent.store.FolderBackup;
import dev.jiggety.agent.store.StoreException;
import dev.jiggety.agent.store.sql.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies what a node keeps, while it writes: each database as it is at one moment. Keys, accounts
 * and secrets stay where they are.
 */
final class DataCopy {
  static final String DATABASES = "databases";
  private static final int CACHE_KIB = 512;

  private DataCopy() {}

  /** Copies into a folder, which is made. */
  static void copy(Path data, Path target) throws IOException {
    Files.createDirectories(target);
    DataSchema.copy(data, target);
    for (Path file : files(data)) {
      try (Sql sql = Sql.openToRead(file, CACHE_KIB)) {
        sql.update("VACUUM INTO ?", target.resolve(file.getFileName()).toString());
      } catch (SQLException e) {
        throw new IOException("cannot copy " + file + ": " + e.getMessage(), e);
      }
    }
    try {
      FolderBackup.copy(data.resolve(DATABASES), target.resolve(DATABASES));
    } catch (StoreException e) {
      throw new IOException("cannot copy the databases: " + e.getMessage(), e);
    }
  }

  /** How large that is at most, in bytes. */
  static long size(Path data) throws IOException {
    long size = 0;
    try (Stream<Path> all = Files.walk(data.resolve(DATABASES))) {
      for (Path file : (Iterable<Path>) all::iterator) {
        size += Files.isRegularFile(file) ? Files.size(file) : 0;
      }
    }
    for (Path file : files(data)) {
      size += Files.size(file);
    }
    return size;
  }

  private static List<Path> files(Path data) throws IOException {
    try (Stream<Path> all = Files.list(data)) {
      return all.filter(file -> file.getFileName().toString().endsWith(".db")).sorted().toList();
    }
  }
}
