package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.AttachmentWrite;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One document at a time (CouchDB "Documents"). */
final class DocumentRoutes {
  private final Writes writes;
  private final RelatedBody related;

  DocumentRoutes(Writes writes, RelatedBody related) {
    this.writes = writes;
    this.related = related;
  }

  void get(Exchange exchange, DocumentStore store, String id) {
    var query = exchange.query();
    if (query.has("open_revs")) {
      OpenRevisions.get(exchange, store, id);
      return;
    }
    var shape = DocumentShape.of(query);
    var document = find(store, id, query);
    if (!shape.isVolatile(document) && exchange.notModified("\"" + document.rev() + "\"")) {
      return;
    }
    if (shape.contents(document).isEmpty()) {
      var text = new StringBuilder();
      DocumentText.append(text, store, document, shape.withoutContents());
      exchange.json(200, text.append('\n').toString());
    } else if (exchange.accepts("multipart/related")) {
      var boundary = MultipartWriter.newBoundary();
      exchange.stream(
          MultipartWriter.type("multipart/related", boundary),
          false,
          out -> MultipartWriter.related(out, boundary, store, document, shape));
    } else {
      exchange.stream(
          Exchange.JSON,
          true,
          out -> {
            var json = new JsonStream(out);
            DocumentText.write(json, store, document, shape);
            json.text().append('\n');
            json.flush();
          });
    }
  }

  /** With {@code latest} the winner, whatever revision is asked for: as CouchDB does it. */
  private static StoredDocument find(DocumentStore store, String id, Query query) {
    var rev = query.revision("rev");
    if (rev.isPresent() && !query.flag("latest")) {
      return store.get(id, rev.get()).orElseThrow(CouchError::missing);
    }
    return winner(store, id);
  }

  /**
   * The document as it is.
   *
   * @throws CouchError 404, missing or deleted
   */
  static StoredDocument winner(DocumentStore store, String id) {
    var document = store.get(id).orElseThrow(CouchError::missing);
    if (document.deleted()) {
      throw CouchError.deleted();
    }
    return document;
  }

  // -- writing ---------------------------------------------------------------------------------

  void put(Exchange exchange, DocumentStore store, String id) {
    // Before the body is read: it may be long.
    writes.checkId(exchange.user(), store, id);
    var newEdits = exchange.query().flag("new_edits", true);
    if (RelatedBody.isOne(exchange)) {
      related.receive(
          exchange,
          body -> write(exchange, store, id, body, newEdits),
          write -> put(exchange, store, write, newEdits));
    } else {
      put(
          exchange,
          store,
          write(exchange, store, id, exchange.body().document(), newEdits),
          newEdits);
    }
  }

  private void put(Exchange exchange, DocumentStore store, DocumentWrite write, boolean newEdits) {
    var stored = writes.store(exchange.user(), store, write, newEdits);
    written(exchange, store, stored, write.deleted() ? 200 : 201);
  }

  private DocumentWrite write(
      Exchange exchange, DocumentStore store, String id, JsonObject body, boolean newEdits) {
    body.addProperty("_id", id);
    var rev = exchange.query().revision("rev");
    if (!body.has("_rev") && !body.has("_revisions")) {
      named(exchange, rev).ifPresent(one -> body.addProperty("_rev", one.toString()));
    }
    var write = writes.check(exchange.user(), store, body);
    if (write.parent().isPresent()) {
      if (rev.isPresent() && !rev.equals(write.parent())) {
        throw CouchError.badRequest(
            "Document rev from request body and query string have different values");
      }
      named(exchange, write.parent());
    } else if (!newEdits) {
      throw CouchError.badRequest(
          "When `new_edits: false`, the document needs `_rev` or `_revisions` specified");
    }
    return write;
  }

  /**
   * The revision that a request names, in If-Match too.
   *
   * @throws CouchError 400, where If-Match is another one
   */
  static Optional<Revision> named(Exchange exchange, Optional<Revision> rev) {
    var tag = exchange.ifMatch().map(Query::toRevision);
    if (tag.isPresent() && rev.isPresent() && !tag.equals(rev)) {
      throw CouchError.badRequest("Document rev and etag have different values");
    }
    return rev.or(() -> tag);
  }

  /** The answer to a document that was written, and is durable whatever {@code batch} says. */
  static void written(
      Exchange exchange, DocumentStore store, WriteOutcome.Stored stored, int status) {
    if (exchange.query().text("batch").filter("ok"::equals).isPresent()) {
      var json = JsonText.ok();
      json.addProperty("id", stored.id());
      exchange.json(202, json);
      return;
    }
    exchange
        .setHeader("ETag", "\"" + stored.rev() + "\"")
        .setHeader("Location", location(exchange, store, stored.id()))
        .json(status, JsonText.ok(stored.id(), stored.rev()));
  }

  /** The address of a document; the slash in the id of a design document stays one. */
  static String location(Exchange exchange, DocumentStore store, String id) {
    var parts = new ArrayList<String>(List.of(store.name()));
    if (id.startsWith(DocumentIds.DESIGN)) {
      parts.addAll(List.of("_design", id.substring(DocumentIds.DESIGN.length())));
    } else {
      parts.add(id);
    }
    return exchange.location(parts.toArray(String[]::new));
  }

  void delete(Exchange exchange, DocumentStore store, String id) {
    writes.checkId(exchange.user(), store, id);
    winner(store, id);
    var rev = named(exchange, exchange.query().revision("rev")).orElseThrow(CouchError::conflict);
    var stored = writes.store(exchange.user(), store, DocumentWrite.deletion(id, rev), true);
    exchange.setHeader("ETag", "\"" + stored.rev() + "\"").json(200, JsonText.ok(id, stored.rev()));
  }

  /** The same document under another id, attachments too; {@code Destination: id?rev=…}. */
  void copy(Exchange exchange, DocumentStore store, String id) {
    var destination =
        exchange
            .header("Destination")
            .orElseThrow(() -> CouchError.badRequest("Destination header is mandatory for COPY."));
    if (destination.matches("https?://.*")) {
      throw CouchError.badRequest("Destination URL must be relative.");
    }
    var question = destination.indexOf('?');
    var target = Uris.decode(question < 0 ? destination : destination.substring(0, question));
    var rev = Query.parse(question < 0 ? null : destination.substring(question + 1));
    var source =
        named(exchange, exchange.query().revision("rev"))
            .map(one -> store.get(id, one).orElseThrow(CouchError::missing))
            .orElseGet(() -> winner(store, id));
    var body = source.body();
    body.addProperty("_id", target);
    rev.revision("rev").ifPresent(one -> body.addProperty("_rev", one.toString()));
    if (source.deleted()) {
      body.addProperty("_deleted", true);
    }
    var write = writes.check(exchange.user(), store, body);
    for (var attachment : source.attachments()) {
      write = write.withAttachment(AttachmentWrite.keep(attachment));
    }
    written(exchange, store, writes.store(exchange.user(), store, write, true), 201);
  }
}
