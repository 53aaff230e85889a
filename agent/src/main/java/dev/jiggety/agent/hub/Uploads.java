package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.AttachmentContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Attachments on their way in. They wait in files until all of a request has come and is found
 * good: a large one is never in memory as a whole, and a cut request leaves nothing in a store.
 */
final class Uploads {
  private static final System.Logger LOG = System.getLogger(Uploads.class.getName());
  private static final String PARTIAL = ".partial";

  private final Path folder;
  private final long mostBytes;

  /**
   * Clears what was under way when an earlier hub was killed.
   *
   * @param folder need not be there yet
   * @param mostBytes of one attachment
   */
  Uploads(Path folder, long mostBytes) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.newDirectoryStream(folder, "*" + PARTIAL)) {
      for (var file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.log(Level.WARNING, "{0} cannot be cleared: {1}", folder, e.toString());
    }
  }

  /** Largest attachment, unpacked, in bytes. */
  long mostBytes() {
    return mostBytes;
  }

  /** What receives. */
  @FunctionalInterface
  interface Receiving<T> {
    T receive(Spool spool) throws IOException;
  }

  /**
   * Runs it with room for files, which are gone when it returns.
   *
   * @throws UncheckedIOException where the client went away in the middle, or a file cannot be
   *     written; nothing was stored then
   */
  <T> T receive(Receiving<T> receiving) {
    try (var spool = new Spool()) {
      return receiving.receive(spool);
    } catch (FileSystemException e) {
      LOG.log(Level.WARNING, "an attachment cannot be received: {0}", e.toString());
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files of one request. For one thread. */
  final class Spool implements AutoCloseable {
    private final List<Path> files = new ArrayList<>();

    private Spool() {}

    /** A new, empty file. */
    Path file() throws IOException {
      Files.createDirectories(folder);
      var file = Files.createTempFile(folder, "attachment", PARTIAL);
      files.add(file);
      return file;
    }

    /**
     * Unpacks a file into another one.
     *
     * @param name of the attachment, for errors
     * @throws CouchError 400, where it is not packed as it says; 413, where too much comes out
     */
    AttachmentContent unpack(Path packed, String name) throws IOException {
      var plain = file();
      try (var in = new GZIPInputStream(Files.newInputStream(packed), 8192)) {
        copy(in, plain, name);
      } catch (ZipException | java.io.EOFException e) {
        throw CouchError.badRequest("Attachment " + name + " is not gzip");
      }
      return AttachmentContent.of(plain);
    }

    /**
     * Writes all that comes into a file.
     *
     * @throws CouchError 413, where it is more than an attachment may have
     */
    void copy(InputStream in, Path file, String name) throws IOException {
      try (var out = Files.newOutputStream(file)) {
        var buffer = new byte[65_536];
        var left = mostBytes;
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          left -= n;
          if (left < 0) {
            throw CouchError.attachmentTooLarge(name);
          }
          out.write(buffer, 0, n);
        }
      }
    }

    @Override
    public void close() throws IOException {
      for (var file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
