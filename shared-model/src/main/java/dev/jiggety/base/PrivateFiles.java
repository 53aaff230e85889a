package dev.jiggety.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Files that hold a secret: readable by their owner alone. Where a file system knows no such rights
 * (Windows), the access list of the folder decides.
 */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private PrivateFiles() {}

  /**
   * Refuses a file that others can read or write.
   *
   * @param what what it is, for the message: {@code credentials file}
   * @throws IllegalArgumentException with one line that says how to mend it
   */
  public static void refuseReadableByOthers(Path file, String what) throws IOException {
    if (!knowsRights(file)) {
      return;
    }
    Set<PosixFilePermission> granted = EnumSet.copyOf(OTHERS);
    granted.retainAll(Files.getPosixFilePermissions(file));
    if (isCredential(file, System.getenv())) {
      granted.remove(PosixFilePermission.GROUP_READ);
    }
    if (!granted.isEmpty()) {
      throw new IllegalArgumentException(
          "others can read the " + what + " " + file + "; run: chmod 600 " + file);
    }
  }

  /**
   * Whether systemd has made this file for this service alone. It gives the right to read it by an
   * access list, whose mask looks like a right of the group's.
   */
  static boolean isCredential(Path file, Map<String, String> environment) {
    String folder = environment.getOrDefault("CREDENTIALS_DIRECTORY", "");
    return !folder.isEmpty()
        && file.toAbsolutePath().normalize().startsWith(Path.of(folder).normalize());
  }

  /**
   * Takes from others the right to read or write a file.
   *
   * @return whether they had it
   */
  public static boolean hideFromOthers(Path file) throws IOException {
    if (!knowsRights(file)) {
      return false;
    }
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
    boolean isOpen = !owner.containsAll(Files.getPosixFilePermissions(file));
    if (isOpen) {
      Files.setPosixFilePermissions(file, owner);
    }
    return isOpen;
  }

  /**
   * Makes a new file: the whole text or nothing, on disk when this returns, readable by the owner
   * alone at any time. Makes the folder as well, then for the owner alone.
   *
   * @throws FileAlreadyExistsException when there is one; it stays as it is
   */
  public static void create(Path file, String text) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    replace(file, text);
  }

  /**
   * The same in the place of a file that may be there: at any time the old text or the new one
   * stands there.
   */
  public static void replace(Path file, String text) throws IOException {
    Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
    if (!Files.exists(folder)) {
      Files.createDirectories(folder, rights(folder, "rwx------"));
    }
    Path draft = Files.createTempFile(folder, ".", ".new", rights(folder, "rw-------"));
    try {
      try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static boolean knowsRights(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] rights(Path folder, String rights) {
    return knowsRights(folder)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }
}
