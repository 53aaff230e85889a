package dev.jiggety.agent.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has on disk: its temporary files, and which process it is, so that whoever comes
 * after an agent that was killed finds what that left behind. Its path is the mark in the worker's
 * environment.
 */
record WorkerFolder(Path path) {
  private static final Logger LOG = System.getLogger(WorkerFolder.class.getName());
  private static final String PREFIX = "worker-";
  private static final int TRIES = 5;

  /** Makes a new one, for this user's eyes alone. */
  static WorkerFolder create(Path parent) throws IOException {
    Path absolute = parent.toAbsolutePath().normalize();
    Files.createDirectories(absolute);
    WorkerFolder folder = new WorkerFolder(Files.createTempDirectory(absolute, PREFIX));
    Files.createDirectory(folder.temporary());
    return folder;
  }

  /** Ends the processes that a predecessor left, and deletes their folders. */
  static void sweep(Path parent) {
    if (!Files.isDirectory(parent)) {
      return;
    }
    Path absolute = parent.toAbsolutePath().normalize();
    try (DirectoryStream<Path> left = Files.newDirectoryStream(absolute, PREFIX + "*")) {
      for (Path path : left) {
        WorkerFolder folder = new WorkerFolder(path);
        folder.tree(folder.process()).kill();
        folder.delete();
        LOG.log(Level.INFO, "what is left of an earlier worker is gone: {0}", path);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "what earlier workers left cannot be removed: {0}", e.getMessage());
    }
  }

  /** Where the worker may write; emptied between measurements. */
  Path temporary() {
    return path.resolve("tmp");
  }

  /** What belongs to the worker. */
  ProcessTree tree(long process) {
    return new ProcessTree(process, path.toString());
  }

  /** Notes which process it is. */
  void record(long process) throws IOException {
    Files.writeString(path.resolve("boot"), boot());
    Files.writeString(path.resolve("process"), Long.toString(process));
  }

  /** Deletes what the worker wrote. */
  void empty() {
    deleteBelow(temporary(), temporary());
  }

  /**
   * Deletes it, also while somebody still writes into it.
   *
   * @return whether it is gone
   */
  boolean delete() {
    for (int i = 0; i < TRIES && Files.exists(path); i++) {
      deleteBelow(path, null);
    }
    return !Files.exists(path);
  }

  /** Deletes it, and the folder that it is in if nothing else is. */
  void deleteWithParent() {
    delete();
    Path parent = path.getParent();
    if (parent != null) {
      deleteIfEmpty(parent);
    }
  }

  /** Removes the folder of folders if nobody has anything in it. */
  static void deleteIfEmpty(Path parent) {
    try {
      Files.deleteIfExists(parent);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "somebody else uses {0}", parent);
    }
  }

  /** Which boot of the machine this is; empty where nobody tells. */
  private static String boot() throws IOException {
    Path id = Path.of("/proc/sys/kernel/random/boot_id");
    return Files.isReadable(id) ? Files.readString(id) : "";
  }

  private long process() {
    try {
      if (!Files.readString(path.resolve("boot")).equals(boot())) {
        return -1; // since then numbers have begun anew, and this one may be anybody's session
      }
      return Long.parseLong(Files.readString(path.resolve("process")).strip());
    } catch (IOException | NumberFormatException e) {
      return -1; // it died before it was noted; the mark is enough
    }
  }

  private static void deleteBelow(Path root, @Nullable Path keep) {
    try {
      Files.walkFileTree(root, new Deletion(Optional.ofNullable(keep)));
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.DEBUG, "cannot be deleted yet: {0}", e.getMessage());
    }
  }

  /** Follows no links. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    private final Optional<Path> keep;

    private Deletion(Optional<Path> keep) {
      this.keep = keep;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE; // it vanished
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      if (!keep.equals(Optional.of(folder))) {
        Files.deleteIfExists(folder);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
