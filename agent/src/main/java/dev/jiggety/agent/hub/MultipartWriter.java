package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoredAttachment;
import dev.jiggety.agent.store.StoredDocument;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Writes multipart bodies (RFC 2046 §5.1) as CouchDB does, contents as they are read. */
final class MultipartWriter {
  private static final String JSON_PART = "Content-Type: application/json";

  private final OutputStream out;
  private final String boundary;
  private boolean begun;

  MultipartWriter(OutputStream out, String boundary) {
    this.out = out;
    this.boundary = boundary;
  }

  /** 32 hexadecimal digits. */
  static String newBoundary() {
    var random = ThreadLocalRandom.current();
    var hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  /** A {@code Content-Type}. */
  static String type(String type, String boundary) {
    return type + "; boundary=\"" + boundary + "\"";
  }

  /**
   * Begins a part; what it contains is written next.
   *
   * @param headers a line each
   */
  void part(String... headers) throws IOException {
    text(begun ? "\r\n--" : "--").text(boundary);
    begun = true;
    for (var header : headers) {
      text("\r\n").text(header);
    }
    text("\r\n\r\n");
  }

  /** Ends the body; one without parts too. */
  void end() throws IOException {
    text(begun ? "\r\n--" : "--").text(boundary).text("--");
  }

  private MultipartWriter text(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** A document and the contents that its shape wants, as {@code multipart/related}. */
  static void related(
      OutputStream out,
      String boundary,
      DocumentStore store,
      StoredDocument document,
      DocumentShape shape)
      throws IOException {
    var contents = shape.contents(document);
    var writer = new MultipartWriter(out, boundary);
    writer.part(JSON_PART);
    writer.text(DocumentText.followed(store, document, shape.form(), contents));
    for (var attachment : contents) {
      writer.part(
          "Content-Disposition: attachment; filename=\"" + quoted(attachment.name()) + "\"",
          "Content-Type: " + line(attachment.contentType()),
          "Content-Length: " + attachment.length());
      copy(out, store, attachment);
    }
    writer.end();
  }

  /**
   * A document as a part: {@code multipart/related} where contents go with it, else JSON.
   *
   * @param headers further ones, a line each
   */
  void document(
      DocumentStore store, StoredDocument document, DocumentShape shape, String... headers)
      throws IOException {
    var contents = shape.contents(document);
    if (contents.isEmpty()) {
      part(JSON_PART);
      text(DocumentText.followed(store, document, shape.form(), List.of()));
      return;
    }
    var inner = newBoundary();
    var all = java.util.Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Content-Type: " + type("multipart/related", inner);
    part(all);
    related(out, inner, store, document, shape);
  }

  /** What is not there. */
  void error(String json) throws IOException {
    part(JSON_PART + "; error=\"true\"");
    text(json);
  }

  private static void copy(OutputStream out, DocumentStore store, StoredAttachment attachment)
      throws IOException {
    try (var content = DocumentText.open(store, attachment)) {
      content.transferTo(out);
    }
  }

  /** A name in quotes. CouchDB writes it bare; that would end the header at a quote. */
  private static String quoted(String name) {
    return line(name).replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** Nothing that somebody has stored may begin a line of its own. */
  static String line(String text) {
    return text.replaceAll("[\\r\\n\\x00]", " ");
  }
}
