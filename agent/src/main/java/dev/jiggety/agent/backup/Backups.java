package dev.jiggety.agent.backup;

import dev.jiggety.agent.store.FolderBackup;
import dev.jiggety.base.ProcessLock;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes backups of data folders and brings them back. Needs no password and no hub: it goes by the
 * files, on the machine of the role and as its user.
 */
public final class Backups {
  private static final String SQLITE = ".sqlite";
  private static final String STORE = ".db";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Backups() {}

  /**
   * Copies what counts of a data folder; the role may run meanwhile, and be written to.
   *
   * @param target empty, or not there; for nobody else to read afterwards
   * @throws BackupException with one line; what stands in the target then is no backup
   */
  public static Manifest make(Path data, Path target, Instant now, String version) {
    Role role = Role.of(data);
    try {
      if (Files.exists(target) && !isEmpty(target)) {
        throw new BackupException(target + " is not empty; name a folder that is, or a new one");
      }
      Files.createDirectories(target);
      hide(target);
      List<Path> files = taken(data, role);
      if (role == Role.HUB) {
        FolderBackup.copy(data, target);
      }
      for (Path file : files) {
        copy(file, target.resolve(data.relativize(file).toString()), role);
      }
      remove(target, path -> path.getFileName().toString().startsWith("sqlite-"));
      List<Manifest.Entry> entries = new ArrayList<>();
      for (Path file : all(target)) {
        entries.add(Manifest.entry(target, file));
      }
      Manifest manifest = new Manifest(role, now, version, entries);
      manifest.write(target);
      return manifest;
    } catch (IOException e) {
      throw new BackupException("cannot copy " + data + " to " + target + ": " + e, e);
    }
  }

  private static void copy(Path file, Path target, Role role) throws IOException {
    String name = file.getFileName().toString();
    if (role == Role.HUB && name.endsWith(SQLITE)) {
      return; // with all databases, and as one
    }
    Files.createDirectories(target.getParent());
    if (name.endsWith(STORE)) {
      FolderBackup.copyFile(file, target);
      return;
    }
    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
  }

  /** What was brought back. */
  public record Restored(Manifest manifest, Optional<Path> before) {}

  /**
   * Checks a backup and puts it in the place of a data folder. What stands there is moved aside,
   * never deleted. A kill leaves either the old folder or the new one.
   *
   * @param replace whether a folder that is not empty may be moved aside
   * @throws BackupException with one line; the data folder is as it was
   */
  public static Restored restore(Path source, Path data, boolean replace, Instant now) {
    Manifest manifest = Manifest.read(source);
    Path absolute = data.toAbsolutePath().normalize();
    Path partial = absolute.resolveSibling(absolute.getFileName() + ".restored");
    try {
      refuseUsed(absolute);
      boolean isThere = Files.exists(absolute) && !isEmpty(absolute);
      if (isThere && !replace) {
        throw new BackupException(
            data + " is not empty: stop what uses it, and say --replace to move it aside");
      }
      remove(partial, _ -> true);
      Files.createDirectories(partial);
      hide(partial);
      for (Manifest.Entry entry : manifest.files()) {
        bring(source, partial, entry);
      }
      Optional<Path> before = Optional.empty();
      if (isThere) {
        Path aside =
            absolute.resolveSibling(absolute.getFileName() + ".before-" + STAMP.format(now));
        Files.move(absolute, aside, StandardCopyOption.ATOMIC_MOVE);
        before = Optional.of(aside);
      } else {
        Files.deleteIfExists(absolute);
      }
      Files.move(partial, absolute, StandardCopyOption.ATOMIC_MOVE);
      return new Restored(manifest, before);
    } catch (IOException e) {
      throw new BackupException("cannot bring " + source + " back to " + data + ": " + e, e);
    }
  }

  private static void bring(Path source, Path target, Manifest.Entry entry) throws IOException {
    Path to = target.resolve(entry.name()).normalize();
    Path from = source.resolve(entry.name());
    if (!to.startsWith(target) || !Files.isRegularFile(from)) {
      throw new BackupException(from + " is missing; take another backup");
    }
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    if (!Manifest.entry(target, to).equals(entry)) {
      throw new BackupException(from + " is not what was written; take another backup");
    }
  }

  /** Each role locks a file of its folder for as long as it runs. */
  private static void refuseUsed(Path data) throws IOException {
    if (!Files.isDirectory(data)) {
      return;
    }
    List<Path> locks;
    try (Stream<Path> files = Files.walk(data, 3)) {
      locks = files.filter(file -> file.toString().endsWith(".lock")).toList();
    }
    for (Path lock : locks) {
      try {
        ProcessLock.take(lock).close();
      } catch (ProcessLock.TakenException e) {
        throw new BackupException(data + " is in use: stop what runs on it first", e);
      }
    }
  }

  private static List<Path> taken(Path data, Role role) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        data,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.equals(data) || role.takes(data.relativize(folder))
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && role.takes(data.relativize(file))) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (Files.exists(file)) {
              throw e;
            }
            return FileVisitResult.CONTINUE; // it is gone: the role runs
          }
        });
    files.sort(null);
    return files;
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void hide(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Removes what is there of a folder where its own path, or one right in it, is meant. */
  private static void remove(Path folder, java.util.function.Predicate<Path> meant)
      throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> doomed;
    try (Stream<Path> files = Files.walk(folder)) {
      doomed =
          files
              .filter(path -> meant.test(path.equals(folder) ? folder : first(folder, path)))
              .sorted(Comparator.reverseOrder())
              .toList();
    }
    for (Path path : doomed) {
      Files.delete(path);
    }
  }

  private static Path first(Path folder, Path path) {
    return folder.relativize(path).getName(0);
  }
}
