package dev.jiggety.agent.worker;

import java.io.File;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The classes that a worker loads when it practises, as the JVM maps them into memory: a worker
 * starts in half the time with it. Made once for each runtime and class path, by a process of its
 * own that practises and ends. Where jars have changed since, the JVM leaves it alone.
 */
final class ClassArchive {
  private static final Logger LOG = System.getLogger(ClassArchive.class.getName());
  private static final String PREFIX = "classes-";
  private static final long PATIENCE = 120;

  private final WorkerOptions options;
  private final Path file;

  private ClassArchive(WorkerOptions options, Path file) {
    this.options = options;
    this.file = file;
  }

  /** The one for these options; empty where there cannot be one, as with folders of classes. */
  static Optional<ClassArchive> of(WorkerOptions options) {
    if (!options.archive()) {
      return Optional.empty();
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      StringBuilder all = new StringBuilder(System.getProperty("java.vm.version"));
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        Path path = Path.of(entry);
        if (!Files.isRegularFile(path)) {
          return Optional.empty();
        }
        all.append('\n').append(path.toAbsolutePath()).append(Files.getLastModifiedTime(path));
      }
      byte[] hash = digest.digest(all.toString().getBytes(StandardCharsets.UTF_8));
      String name = PREFIX + HexFormat.of().formatHex(hash, 0, 8) + ".jsa";
      return Optional.of(
          new ClassArchive(options, options.folder().toAbsolutePath().normalize().resolve(name)));
    } catch (IOException e) {
      return Optional.empty(); // a jar that cannot be looked at
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }

  /** The archive, if it is made. */
  Optional<Path> file() {
    return Optional.of(file).filter(Files::isRegularFile);
  }

  /** Makes it where it is missing, in the place of older ones; waits for it. */
  void make() throws InterruptedException {
    if (Files.exists(file)) {
      return;
    }
    try {
      WorkerFolder folder = WorkerFolder.create(options.folder());
      try {
        Path made = folder.path().resolve("made.jsa");
        Process process = ChildProgram.practise(options, folder, made);
        ended(process);
        if (Files.isRegularFile(made)) {
          removeOlder();
          Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        }
        folder.tree(process.pid()).kill();
      } finally {
        folder.delete();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "workers start without an archive of classes: {0}", e.getMessage());
    }
  }

  private static void ended(Process process) throws InterruptedException {
    boolean ended = false;
    try {
      ended = process.waitFor(PATIENCE, TimeUnit.SECONDS);
    } finally {
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private void removeOlder() throws IOException {
    try (DirectoryStream<Path> older =
        Files.newDirectoryStream(file.getParent(), PREFIX + "*.jsa")) {
      for (Path path : older) {
        Files.deleteIfExists(path);
      }
    }
  }
}
