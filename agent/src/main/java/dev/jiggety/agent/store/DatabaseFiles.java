package dev.jiggety.agent.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** The names of databases and of their files. */
final class DatabaseFiles {

  private static final String SUFFIX = ".sqlite";
  private static final String DELETED = ".deleted";
  private static final String VIEWS = ".views";
  private static final Pattern LEGAL = Pattern.compile("[a-z][a-z0-9_$()+/-]{0,237}");
  private static final Set<String> SYSTEM = Set.of("_users", "_replicator", "_global_changes");

  /** Names that Windows keeps for devices, whatever extension follows. */
  private static final Pattern DEVICE = Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])");

  private DatabaseFiles() {}

  static boolean isLegalName(String name) {
    return LEGAL.matcher(name).matches() || SYSTEM.contains(name);
  }

  /** A slash becomes {@code %2f}; a name that Windows would not take gets a {@code %} in front. */
  static String fileName(String name) {
    var safe = name.replace("/", "%2f");
    return (DEVICE.matcher(safe).matches() ? "%" : "") + safe + SUFFIX;
  }

  static List<String> list(Path folder) throws IOException {
    var names = new ArrayList<String>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (var file : files) {
        var safe = file.getFileName().toString();
        safe = safe.substring(0, safe.length() - SUFFIX.length());
        var name = (safe.startsWith("%") ? safe.substring(1) : safe).replace("%2f", "/");
        if (isLegalName(name)) {
          names.add(name);
        }
      }
    }
    names.sort(null);
    return names;
  }

  /** Takes the file out of the way at once, so that its name is free, then deletes it. */
  static void delete(Path file) throws IOException {
    var gone = file.resolveSibling(UUID.randomUUID() + DELETED);
    Files.move(file, gone);
    for (var companion : StoreFile.COMPANIONS) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + companion));
    }
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".lock"));
    Files.deleteIfExists(gone);
  }

  /** The folder for what is derived from a database. */
  static Path views(Path file) {
    return file.resolveSibling(file.getFileName() + VIEWS);
  }

  /** Deletes what a crash left between the two steps, and indexes whose database is gone. */
  static void removeDeleted(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + DELETED)) {
      for (var file : files) {
        Files.deleteIfExists(file);
      }
    }
    AttachmentSpool.sweepAll(folder);
    try (DirectoryStream<Path> derived = Files.newDirectoryStream(folder, "*" + SUFFIX + VIEWS)) {
      for (var views : derived) {
        var name = views.getFileName().toString();
        var file = views.resolveSibling(name.substring(0, name.length() - VIEWS.length()));
        if (!Files.exists(file)) {
          removeFolder(views);
        }
      }
    }
  }

  private static void removeFolder(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
