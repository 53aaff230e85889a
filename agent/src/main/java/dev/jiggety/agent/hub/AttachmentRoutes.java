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
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Attachments by themselves (CouchDB "Attachments"). */
final class AttachmentRoutes {
  private static final System.Logger LOG = System.getLogger(AttachmentRoutes.class.getName());
  private static final String PARTIAL = ".partial";

  private final Writes writes;
  private final HubConfig.Limits limits;
  private final Path uploads;

  /**
   * The routes.
   *
   * @param uploads folder for attachments on their way in
   */
  AttachmentRoutes(Writes writes, HubConfig.Limits limits, Path uploads) {
    this.writes = writes;
    this.limits = limits;
    this.uploads = uploads;
    dropLeftOvers();
  }

  /** What was under way when an earlier hub was killed. */
  private void dropLeftOvers() {
    if (!Files.isDirectory(uploads)) {
      return;
    }
    try (var files = Files.newDirectoryStream(uploads, "*" + PARTIAL)) {
      for (var file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.log(Level.WARNING, "{0} cannot be cleared: {1}", uploads, e.toString());
    }
  }

  void get(Exchange exchange, DocumentStore store, String id, String name) {
    var rev = exchange.query().revision("rev");
    var document =
        rev.isPresent()
            ? store.get(id, rev.get()).orElseThrow(CouchError::missing)
            : DocumentRoutes.winner(store, id);
    var attachment = find(document, name).orElseThrow(AttachmentRoutes::noAttachment);
    var tag = "\"" + attachment.digest().replaceFirst("^md5-", "") + "\"";
    exchange
        .setHeader("ETag", tag)
        .setHeader("Cache-Control", "must-revalidate")
        .setHeader("Accept-Ranges", "none")
        // Whatever somebody has stored here is not to run as a page of this server's.
        .setHeader("Content-Security-Policy", "sandbox")
        .setHeader("X-Content-Type-Options", "nosniff");
    if (exchange.header("If-None-Match").filter(tag::equals).isPresent()) {
      exchange.empty(304);
      return;
    }
    var content = store.attachment(attachment.digest()).orElseThrow(AttachmentRoutes::noAttachment);
    exchange.setHeader("Content-Length", Long.toString(attachment.length()));
    exchange.stream(
        attachment.contentType(),
        false,
        out -> {
          try (content) {
            content.transferTo(out);
          }
        });
  }

  private static CouchError noAttachment() {
    return CouchError.notFound("Document is missing attachment");
  }

  private static Optional<StoredAttachment> find(StoredDocument document, String name) {
    return document.attachments().stream().filter(a -> a.name().equals(name)).findFirst();
  }

  void put(Exchange exchange, DocumentStore store, String id, String name) {
    writes.checkId(exchange.user(), store, id);
    var type = exchange.header("Content-Type").orElse("application/octet-stream");
    var before = base(exchange, store, id);
    try {
      Files.createDirectories(uploads);
      var file = Files.createTempFile(uploads, "attachment", PARTIAL);
      try {
        try (var body = exchange.body(limits.attachmentBytes())) {
          Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
        }
        var content = AttachmentContent.of(file);
        var write = edit(id, before, name).withAttachment(AttachmentWrite.of(name, type, content));
        written(exchange, store, id, name, write);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (FileSystemException e) {
      LOG.log(Level.WARNING, "an attachment cannot be received: {0}", e.toString());
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      // The client went away in the middle, or the disk is full: nothing was stored.
      throw new UncheckedIOException(e);
    }
  }

  private void written(
      Exchange exchange, DocumentStore store, String id, String name, DocumentWrite write) {
    var stored = writes.store(exchange.user(), store, write, true);
    var location = DocumentRoutes.location(exchange, store, id) + "/" + Uris.encode(name);
    exchange
        .setHeader("ETag", "\"" + stored.rev() + "\"")
        .setHeader("Location", location)
        .json(201, JsonText.ok(id, stored.rev()));
  }

  void delete(Exchange exchange, DocumentStore store, String id, String name) {
    writes.checkId(exchange.user(), store, id);
    DocumentRoutes.winner(store, id);
    var before = base(exchange, store, id).orElseThrow(CouchError::conflict);
    if (find(before, name).isEmpty()) {
      throw noAttachment();
    }
    var stored = writes.store(exchange.user(), store, edit(id, Optional.of(before), name), true);
    exchange.json(200, JsonText.ok(id, stored.rev()));
  }

  /** The revision that the client wants to change; none for a new document. */
  private static Optional<StoredDocument> base(Exchange exchange, DocumentStore store, String id) {
    Optional<Revision> rev =
        exchange.query().revision("rev").or(() -> exchange.ifMatch().map(Query::toRevision));
    var now = store.get(id).filter(document -> !document.deleted());
    if (rev.isEmpty()) {
      if (now.isPresent()) {
        throw CouchError.conflict();
      }
      return Optional.empty();
    }
    return Optional.of(store.get(id, rev.get()).orElseThrow(CouchError::conflict));
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
