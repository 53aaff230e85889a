package dev.jiggety.agent.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Room for attachments that are too large for memory, on their way into a store: files beside the
 * store's own, gone when this is closed. What a crash leaves is deleted when the store is opened
 * next. For one thread.
 */
public final class AttachmentSpool implements AutoCloseable {
  private static final String PARTIAL = ".partial";

  private final Path store;
  private final List<Path> files = new ArrayList<>();

  AttachmentSpool(Path store) {
    this.store = store;
  }

  /** Deletes what is left of one store. */
  static void sweep(Path store) throws IOException {
    var prefix = store.getFileName() + "-";
    var folder = store.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + PARTIAL)) {
      for (var file : files) {
        if (file.getFileName().toString().startsWith(prefix)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Deletes what is left of all stores in a folder. */
  static void sweepAll(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + PARTIAL)) {
      for (var file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Reads to the end, into a file.
   *
   * @return content to be written while this is open
   * @throws IOException what reading throws, and where the disk is full
   */
  public AttachmentContent receive(InputStream in) throws IOException {
    var folder = store.toAbsolutePath().getParent();
    var file = Files.createTempFile(folder, store.getFileName() + "-", PARTIAL);
    files.add(file);
    var md5 = AttachmentContent.md5();
    try (var out = new DigestOutputStream(Files.newOutputStream(file), md5)) {
      var length = in.transferTo(out);
      return AttachmentContent.of(file, md5.digest(), length);
    }
  }

  @Override
  public void close() {
    for (var file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // Somebody has it open, a virus scanner for one; the next start of the store deletes it.
      }
    }
  }
}
