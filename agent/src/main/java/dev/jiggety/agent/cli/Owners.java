package dev.jiggety.agent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.stream.Stream;

/** Whose files are: what root writes into a service's folder must be the service's to read. */
final class Owners {
  private Owners() {}

  /** Gives a folder and what is in it to who owns the folder above; nothing where that is so. */
  static void follow(Path owned, Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      PosixFileAttributeView above =
          Files.getFileAttributeView(owned, PosixFileAttributeView.class);
      if (above == null) {
        return; // a system without such owners
      }
      PosixFileAttributes wanted = above.readAttributes();
      for (Path path : inside.toList()) {
        PosixFileAttributeView view =
            Files.getFileAttributeView(
                path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (!view.readAttributes().owner().equals(wanted.owner())) {
          view.setOwner(wanted.owner());
          view.setGroup(wanted.group());
        }
      }
    } catch (IOException e) {
      throw new CliException(
          ExitCode.BAD,
          "the node is let in, but %s cannot be given to the owner of %s; run: chown -R --reference=%s %s"
              .formatted(folder, owned, owned, folder));
    }
  }
}
