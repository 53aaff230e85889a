package dev.jiggety.couch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.http.HttpHeaders;
import org.apache.http.entity.AbstractHttpEntity;
import org.apache.http.message.BasicHeader;

/** A document and contents of its attachments as {@code multipart/related} (RFC 2387). */
final class RelatedEntity extends AbstractHttpEntity {
  private final String boundary = UUID.randomUUID().toString().replace("-", "");
  private final byte[] document;
  private final List<HubAttachments.Part> parts;

  RelatedEntity(String json, List<HubAttachments.Part> parts) {
    this.document = bytes("--" + boundary + "\r\nContent-Type: application/json\r\n\r\n" + json);
    this.parts = List.copyOf(parts);
    setContentType(
        new BasicHeader(
            HttpHeaders.CONTENT_TYPE, "multipart/related; boundary=\"" + boundary + "\""));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] head(HubAttachments.Part part) {
    return bytes(
        "\r\n--"
            + boundary
            + "\r\nContent-Disposition: attachment; filename=\""
            + line(part.name()).replace("\\", "\\\\").replace("\"", "\\\"")
            + "\"\r\nContent-Type: "
            + line(part.contentType())
            + "\r\nContent-Length: "
            + part.length()
            + "\r\n\r\n");
  }

  /** Nothing that somebody has stored may begin a line of its own. */
  private static String line(String text) {
    return text.replaceAll("[\\r\\n\\x00]", " ");
  }

  private byte[] end() {
    return bytes("\r\n--" + boundary + "--");
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public long getContentLength() {
    return document.length
        + parts.stream().mapToLong(part -> head(part).length + part.length()).sum()
        + end().length;
  }

  @Override
  public InputStream getContent() {
    throw new UnsupportedOperationException("a multipart body is written, not read");
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(document);
    for (HubAttachments.Part part : parts) {
      out.write(head(part));
      try (InputStream content = part.content().open()) {
        long copied = content.transferTo(out);
        if (copied != part.length()) {
          throw new IOException(
              "attachment " + part.name() + " has " + copied + " bytes, not " + part.length());
        }
      }
    }
    out.write(end());
  }
}
