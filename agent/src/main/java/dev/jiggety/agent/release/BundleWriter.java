package dev.jiggety.agent.release;

import dev.jiggety.model.AgentRelease;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes a bundle of an image: a ZIP file with the manifest first and then the files in the order of
 * their paths, without times and owners, so that the same image makes the same bundle.
 */
public final class BundleWriter {
  /** ZIP knows no time before 1980; which one it is says nothing. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  /** What the boot script runs. */
  public static final String PROGRAM = "bin/jiggety";

  private BundleWriter() {}

  /**
   * Packs an image.
   *
   * @param image the folder of the program, with {@value #PROGRAM} in it; links lead to what it
   *     holds, and are packed as that
   * @param out the file to write; never half of it
   * @throws IllegalArgumentException when it is no image, or holds what a bundle cannot; one line
   */
  public static Manifest write(
      Path image, String version, String platform, AgentRelease.Data data, Path out)
      throws IOException {
    Path root = image.toRealPath();
    if (!Files.isExecutable(root.resolve(PROGRAM))) {
      throw new IllegalArgumentException(
          image + " is no image of the agent: there is no program " + PROGRAM + " in it");
    }
    List<Manifest.Entry> files = new ArrayList<>();
    for (String path : paths(root)) {
      Path file = root.resolve(path);
      files.add(
          new Manifest.Entry(path, Files.size(file), Hashes.of(file), Files.isExecutable(file)));
    }
    Manifest manifest = new Manifest(version, platform, data, files);
    Path draft = out.resolveSibling(out.getFileName() + ".new");
    try {
      try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(draft));
          ZipOutputStream zip = new ZipOutputStream(to)) {
        zip.putNextEntry(entry(Manifest.NAME));
        zip.write(manifest.write().getBytes(StandardCharsets.UTF_8));
        for (Manifest.Entry file : files) {
          zip.putNextEntry(entry(file.path()));
          Files.copy(root.resolve(file.path()), zip);
        }
      }
      Durable.move(draft, out);
    } finally {
      Files.deleteIfExists(draft);
    }
    return manifest;
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    return entry;
  }

  private static List<String> paths(Path root) throws IOException {
    List<String> paths = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        String path = root.relativize(file).toString().replace('\\', '/');
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          continue;
        }
        if (!file.toRealPath().startsWith(root) || !Files.isRegularFile(file)) {
          throw new IllegalArgumentException(
              path + " leads out of the image, or is no plain file; leave it out");
        }
        if (!Manifest.isSafe(path)) {
          throw new IllegalArgumentException(path + " cannot be in a bundle; rename it");
        }
        paths.add(path);
      }
    }
    paths.sort(String::compareTo);
    return paths;
  }
}
