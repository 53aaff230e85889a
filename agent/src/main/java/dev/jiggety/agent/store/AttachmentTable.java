package dev.jiggety.agent.store;

import dev.jiggety.agent.store.sql.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Contents of attachments, each digest once, in parts, so that neither writing nor reading holds a
 * large one in memory.
 */
final class AttachmentTable {

  static final int PART_BYTES = 256 * 1024;

  private AttachmentTable() {}

  /**
   * Stores what the write brings and finds what its stubs mean.
   *
   * @param previous where stubs without digest are looked up
   * @param generation of the revision that is being written
   * @throws InvalidDocumentException MISSING_STUB
   */
  static List<StoredAttachment> store(
      Sql sql, DocumentWrite write, @Nullable StoredDocument previous, int generation)
      throws SQLException {
    if (write.attachments().isEmpty()) {
      return List.of();
    }
    var before = previous == null ? List.<StoredAttachment>of() : previous.attachments();
    var attachments = new ArrayList<StoredAttachment>();
    for (var attachment : write.attachments().values()) {
      if (attachment.content().isPresent()) {
        var content = attachment.content().get();
        add(sql, content);
        attachments.add(
            new StoredAttachment(
                attachment.name(),
                attachment.contentType(),
                content.digest(),
                content.length(),
                attachment.revpos() > 0 ? attachment.revpos() : generation));
      } else {
        attachments.add(stub(sql, write.id(), attachment, before));
      }
    }
    return attachments;
  }

  private static StoredAttachment stub(
      Sql sql, String id, AttachmentWrite stub, List<StoredAttachment> before) throws SQLException {
    for (var known : before) {
      if (known.name().equals(stub.name())
          && stub.digest().map(known.digest()::equals).orElse(true)) {
        return known;
      }
    }
    if (stub.digest().isPresent()) {
      var digest = stub.digest().get();
      var known =
          sql.first(
              "SELECT length FROM attachments WHERE digest = ?",
              row ->
                  new StoredAttachment(
                      stub.name(), stub.contentType(), digest, row.getLong(1), stub.revpos()),
              digest);
      if (known != null) {
        return known;
      }
    }
    // CouchDB's digest is of the packed content where it packs: another one than ours.
    for (var known : before) {
      if (known.name().equals(stub.name())
          && (stub.revpos() == 0 || known.revpos() <= stub.revpos())) {
        return known;
      }
    }
    throw new InvalidDocumentException(
        InvalidDocumentException.MISSING_STUB,
        "Invalid attachment stub in " + id + " for " + stub.name());
  }

  private static void add(Sql sql, AttachmentContent content) throws SQLException {
    if (length(sql, content.digest()) >= 0) {
      return;
    }
    sql.update(
        "INSERT INTO attachments (digest, length) VALUES (?, ?)",
        content.digest(),
        content.length());
    var key = key(sql, content.digest());
    try (var in = content.open()) {
      var md5 = AttachmentContent.md5();
      var part = 0;
      var rest = content.length();
      while (rest > 0) {
        var bytes = in.readNBytes((int) Math.min(PART_BYTES, rest));
        if (bytes.length == 0) {
          throw new IOException("attachment " + content.digest() + " got shorter while stored");
        }
        sql.update("INSERT INTO attachment_parts VALUES (?, ?, ?)", key, part++, bytes);
        md5.update(bytes);
        rest -= bytes.length;
      }
      if (!AttachmentContent.digest(md5.digest()).equals(content.digest())) {
        throw new IOException("attachment " + content.digest() + " has another content");
      }
    } catch (IOException e) {
      throw new SQLException("cannot read the attachment: " + e.getMessage(), e);
    }
  }

  private static long key(Sql sql, String digest) throws SQLException {
    return sql.number("SELECT attachment FROM attachments WHERE digest = ?", digest);
  }

  /** In bytes; -1 if it is not here. */
  static long length(Sql sql, String digest) throws SQLException {
    var length =
        sql.first("SELECT length FROM attachments WHERE digest = ?", row -> row.getLong(1), digest);
    return length == null ? -1 : length;
  }

  /** One part; empty at the end. */
  static byte[] part(Sql sql, String digest, int part) throws SQLException {
    var bytes =
        sql.first(
            "SELECT p.bytes FROM attachments a JOIN attachment_parts p USING (attachment)"
                + " WHERE a.digest = ? AND p.part = ?",
            row -> row.getBytes(1),
            digest,
            part);
    return bytes == null ? new byte[0] : bytes;
  }

  /** Drops what no revision refers to. */
  static int dropUnused(Sql sql) throws SQLException {
    var unused =
        "SELECT attachment FROM attachments WHERE digest NOT IN (SELECT json_extract(e.value,"
            + " '$[2]') FROM bodies b, json_each(b.attachments) e WHERE b.attachments IS NOT NULL)";
    sql.update("DELETE FROM attachment_parts WHERE attachment IN (" + unused + ")");
    return sql.update("DELETE FROM attachments WHERE attachment IN (" + unused + ")");
  }

  /** Reads the parts one after the other, each in a transaction of its own. */
  static final class Content extends InputStream {

    /** Fetches a part; empty at the end. */
    @FunctionalInterface
    interface Parts {
      byte[] get(int part);
    }

    private final Parts parts;
    private final String digest;
    private long rest;
    private byte[] buffer = new byte[0];
    private int position;
    private int next;

    Content(Parts parts, String digest, long length) {
      this.parts = parts;
      this.digest = digest;
      this.rest = length;
    }

    private boolean fill() throws IOException {
      if (position < buffer.length) {
        return true;
      }
      if (rest == 0) {
        return false;
      }
      buffer = parts.get(next++);
      position = 0;
      if (buffer.length == 0) {
        throw new IOException("attachment " + digest + " was removed while it was read");
      }
      rest -= buffer.length;
      return true;
    }

    /** Leaves out parts without reading them. */
    @Override
    public long skip(long count) throws IOException {
      if (count <= 0) {
        return 0;
      }
      if (position == buffer.length) {
        var parts = Math.min(count, rest) / PART_BYTES;
        if (parts > 0) {
          next += (int) parts;
          rest -= parts * PART_BYTES;
          return parts * PART_BYTES;
        }
        if (!fill()) {
          return 0;
        }
      }
      var skipped = (int) Math.min(count, buffer.length - position);
      position += skipped;
      return skipped;
    }

    @Override
    public int read() throws IOException {
      return fill() ? buffer[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      var count = Math.min(length, buffer.length - position);
      System.arraycopy(buffer, position, target, offset, count);
      position += count;
      return count;
    }
  }
}
