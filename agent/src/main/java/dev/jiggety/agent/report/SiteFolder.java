package dev.jiggety.agent.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A folder that a web server hands out. Each file takes the place of the one before in one step, so
 * that no visitor gets half a page; files of services that are gone go too. What else lies in the
 * folder stays as it is.
 */
final class SiteFolder {
  /** Lists what was written; web servers do not hand out what begins with a dot, as a rule. */
  private static final String LIST = ".jiggety-status-page";

  private final Path folder;

  SiteFolder(Path folder) {
    this.folder = folder;
  }

  /** Writes all files, in their order. */
  void publish(List<SiteFile> files) throws IOException {
    Files.createDirectories(folder);
    Set<String> gone = listed();
    files.forEach(file -> gone.remove(file.name()));
    for (SiteFile file : files) {
      write(file.name(), file.content());
    }
    for (String name : gone) {
      Files.deleteIfExists(folder.resolve(name));
    }
    String list = files.stream().map(SiteFile::name).sorted().collect(Collectors.joining("\n"));
    write(LIST, (list + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Names of our own pages alone: a list that somebody has edited deletes nothing else. */
  private Set<String> listed() throws IOException {
    Path list = folder.resolve(LIST);
    return Files.exists(list)
        ? Files.readAllLines(list).stream()
            .filter(name -> name.matches("group-[a-z0-9-]+\\.html"))
            .collect(Collectors.toCollection(TreeSet::new))
        : new TreeSet<>();
  }

  private void write(String name, byte[] content) throws IOException {
    Path half = Files.createTempFile(folder, ".", ".part");
    try {
      Files.write(half, content);
      // A temporary file is its owner's alone; this one is for everybody.
      if (Files.getFileAttributeView(half, PosixFileAttributeView.class) != null) {
        Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rw-r--r--"));
      }
      Files.move(
          half,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }
}
