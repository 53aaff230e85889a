package dev.jiggety.agent.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Bytes of an attachment on their way into the store, from memory or from a file. */
public final class AttachmentContent {

  private final Source source;
  private final String digest;
  private final long length;

  private AttachmentContent(Source source, String digest, long length) {
    this.source = source;
    this.digest = digest;
    this.length = length;
  }

  /** Opens the bytes; may be called more than once. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  /** Content in memory. */
  public static AttachmentContent of(byte[] bytes) {
    var copy = bytes.clone();
    return new AttachmentContent(
        () -> new ByteArrayInputStream(copy), digest(md5().digest(copy)), copy.length);
  }

  /** Content in a file, which must not change until the write has returned. Reads it once now. */
  public static AttachmentContent of(Path file) throws IOException {
    var md5 = md5();
    var length = 0L;
    try (var in = Files.newInputStream(file)) {
      var buffer = new byte[65_536];
      for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        md5.update(buffer, 0, n);
        length += n;
      }
    }
    return new AttachmentContent(() -> Files.newInputStream(file), digest(md5.digest()), length);
  }

  /** Content in a file that was read already. */
  static AttachmentContent of(Path file, byte[] md5, long length) {
    return new AttachmentContent(() -> Files.newInputStream(file), digest(md5), length);
  }

  /**
   * Content that lies in another store, under the digest that is known there; it is checked while
   * it is written, and if it is another one, nothing is.
   *
   * @param source may be opened more than once, on the thread that writes to the store
   */
  public static AttachmentContent stored(Source source, String digest, long length) {
    return new AttachmentContent(source, digest, length);
  }

  static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no MD5", e);
    }
  }

  static String digest(byte[] md5) {
    return "md5-" + Base64.getEncoder().encodeToString(md5);
  }

  /** {@code md5-} and the Base64 of the MD5, as CouchDB writes it. */
  public String digest() {
    return digest;
  }

  /** In bytes. */
  public long length() {
    return length;
  }

  InputStream open() throws IOException {
    return source.open();
  }
}
