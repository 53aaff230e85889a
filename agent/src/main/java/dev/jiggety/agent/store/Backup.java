package dev.jiggety.agent.store;

import dev.jiggety.agent.store.StoreException.Kind;
import dev.jiggety.agent.store.sql.Sql;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;

/** Copies a store while it is in use. */
final class Backup {

  private Backup() {}

  static void refuseExisting(Path target) {
    if (Files.exists(target)) {
      throw new StoreException(
          Kind.IO, target + ": there is such a file already; choose another name");
    }
  }

  /** Writes beside the target first, so that what bears its name is always whole. */
  static void write(Sql sql, Path target) throws SQLException, IOException {
    write(sql, target, true);
  }

  /** The same for a file that may be no store. */
  static void write(Sql sql, Path target, boolean isStore) throws SQLException, IOException {
    var partial = target.resolveSibling(target.getFileName() + ".partial");
    Files.deleteIfExists(partial);
    try {
      sql.update("VACUUM INTO ?", partial.toString());
      if (isStore) {
        try (var copy = Sql.open(partial, 1024)) {
          // Whoever opens the copy gives it an identity of its own.
          copy.run("UPDATE state SET uuid = ''");
        }
      }
      try (var channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
