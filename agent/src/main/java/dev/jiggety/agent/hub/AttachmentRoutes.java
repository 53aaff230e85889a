package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.AttachmentContent;
import dev.jiggety.agent.store.AttachmentWrite;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.StoredAttachment;
import dev.jiggety.agent.store.StoredDocument;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/**
 * Attachments by themselves (CouchDB "Attachments"). They are kept as they are and never packed, so
 * each has a length that is known, and parts of any can be asked for.
 */
final class AttachmentRoutes {
  static final String UNKNOWN_TYPE = "application/octet-stream";

  private final Writes writes;
  private final Uploads uploads;

  AttachmentRoutes(Writes writes, Uploads uploads) {
    this.writes = writes;
    this.uploads = uploads;
  }

  void get(Exchange exchange, DocumentStore store, String id, String name) {
    var rev = exchange.query().revision("rev");
    var document =
        rev.isPresent()
            ? store.get(id, rev.get()).orElseThrow(CouchError::missing)
            : DocumentRoutes.winner(store, id);
    var attachment = find(document, name).orElseThrow(AttachmentRoutes::noAttachment);
    var md5 = attachment.digest().replaceFirst("^md5-", "");
    exchange
        .setHeader("Accept-Ranges", "bytes")
        // Whatever somebody has stored here is not to run as a page of this server's.
        .setHeader("Content-Security-Policy", "sandbox")
        .setHeader("X-Content-Type-Options", "nosniff");
    if (exchange.notModified("\"" + md5 + "\"")) {
      return;
    }
    var range = range(exchange, attachment);
    if (range.isPresent()) {
      var part = range.get();
      exchange.setHeader(
          "Content-Range",
          "bytes %d-%d/%d".formatted(part.first(), part.last(), attachment.length()));
      send(exchange, store, attachment, 206, part);
    } else {
      exchange.setHeader("Content-MD5", md5);
      var whole = new HeaderText.Range(0, attachment.length() - 1);
      send(exchange, store, attachment, 200, whole);
    }
  }

  private static Optional<HeaderText.Range> range(Exchange exchange, StoredAttachment attachment) {
    try {
      return exchange.header("Range").flatMap(text -> HeaderText.range(text, attachment.length()));
    } catch (CouchError e) {
      exchange.setHeader("Content-Range", "bytes */" + attachment.length());
      throw e;
    }
  }

  private static void send(
      Exchange exchange,
      DocumentStore store,
      StoredAttachment attachment,
      int status,
      HeaderText.Range range) {
    var content = DocumentText.open(store, attachment);
    var length = range.last() - range.first() + 1;
    exchange.setHeader("Content-Length", Long.toString(length));
    exchange.stream(
        status,
        MultipartWriter.line(attachment.contentType()),
        false,
        out -> {
          try (content) {
            content.skipNBytes(range.first());
            var left = length;
            var buffer = new byte[65_536];
            while (left > 0) {
              var n = content.read(buffer, 0, (int) Math.min(buffer.length, left));
              if (n < 0) {
                throw new IOException("an attachment is shorter than its row says");
              }
              out.write(buffer, 0, n);
              left -= n;
            }
          }
        });
  }

  private static CouchError noAttachment() {
    return CouchError.notFound("Document is missing attachment");
  }

  /** Refuses names that CouchDB keeps for itself. */
  static void checkName(String name) {
    if (name.startsWith("_")) {
      throw CouchError.badRequest(
          "Attachment name '" + name + "' starts with prohibited character '_'");
    }
  }

  private static Optional<StoredAttachment> find(StoredDocument document, String name) {
    return document.attachments().stream().filter(a -> a.name().equals(name)).findFirst();
  }

  void put(Exchange exchange, DocumentStore store, String id, String name) {
    checkName(name);
    writes.checkId(exchange.user(), store, id);
    var type = exchange.header("Content-Type").orElse(UNKNOWN_TYPE);
    var before = base(exchange, store, id);
    var stored =
        uploads.receive(spool -> {
          var content = content(exchange, spool, name);
          var write =
              edit(id, before, name).withAttachment(AttachmentWrite.of(name, type, content));
          return writes.store(exchange.user(), store, write, true);
        });
    var location = DocumentRoutes.location(exchange, store, id) + "/" + Uris.encode(name);
    exchange
        .setHeader("ETag", "\"" + stored.rev() + "\"")
        .setHeader("Location", location)
        .json(201, JsonText.ok(id, stored.rev()));
  }

  private AttachmentContent content(Exchange exchange, Uploads.Spool spool, String name)
      throws IOException {
    var expected = exchange.header("Content-MD5");
    var md5 = exchange.body().digest();
    var file = spool.file();
    try (var body = exchange.body().stream(uploads.mostBytes())) {
      spool.copy(body, file, name);
    }
    if (expected.isPresent()
        && !expected.get().strip().equals(Base64.getEncoder().encodeToString(md5.digest()))) {
      throw CouchError.wrongMd5();
    }
    return AttachmentContent.of(file);
  }

  void delete(Exchange exchange, DocumentStore store, String id, String name) {
    writes.checkId(exchange.user(), store, id);
    var rev = rev(exchange);
    var before = rev.isPresent() ? known(store, id, rev.get()) : DocumentRoutes.winner(store, id);
    if (find(before, name).isEmpty()) {
      throw noAttachment();
    }
    if (rev.isEmpty()) {
      throw CouchError.conflict();
    }
    var stored = writes.store(exchange.user(), store, edit(id, Optional.of(before), name), true);
    exchange.json(200, JsonText.ok(id, stored.rev()));
  }

  private static Optional<Revision> rev(Exchange exchange) {
    return DocumentRoutes.named(exchange, exchange.query().revision("rev"));
  }

  private static StoredDocument known(DocumentStore store, String id, Revision rev) {
    return store.get(id, rev).orElseThrow(CouchError::missingRev);
  }

  /** The revision that the client wants to change; none for a new document. */
  private static Optional<StoredDocument> base(Exchange exchange, DocumentStore store, String id) {
    var rev = rev(exchange);
    if (rev.isEmpty() && store.get(id).filter(document -> !document.deleted()).isPresent()) {
      throw CouchError.conflict();
    }
    return rev.map(one -> known(store, id, one));
  }

  /** The same document, all its attachments kept but this one. */
  private static DocumentWrite edit(String id, Optional<StoredDocument> before, String name) {
    var body = before.map(StoredDocument::body).orElseGet(JsonObject::new);
    var write = DocumentWrite.edit(id, body, before.map(StoredDocument::rev));
    for (var attachment : before.map(StoredDocument::attachments).orElseGet(java.util.List::of)) {
      if (!attachment.name().equals(name)) {
        write = write.withAttachment(AttachmentWrite.keep(attachment));
      }
    }
    return write;
  }
}
