package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.StoredDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** One document at a time (CouchDB "Documents"). */
final class DocumentRoutes {
  private final Writes writes;

  DocumentRoutes(Writes writes) {
    this.writes = writes;
  }

  void get(Exchange exchange, DocumentStore store, String id) {
    var query = exchange.query();
    if (query.has("open_revs")) {
      openRevisions(exchange, store, id);
      return;
    }
    var form = DocumentText.form(query);
    var document = find(store, id, query);
    if (form.equals(DocumentForm.PLAIN)) {
      var tag = "\"" + document.rev() + "\"";
      exchange.setHeader("ETag", tag);
      if (exchange.header("If-None-Match").filter(tag::equals).isPresent()) {
        exchange.empty(304);
        return;
      }
    }
    var text = new StringBuilder();
    DocumentText.append(text, store, document, form);
    exchange.setHeader("Cache-Control", "must-revalidate").json(200, text.append('\n').toString());
  }

  private static StoredDocument find(DocumentStore store, String id, Query query) {
    var rev = query.revision("rev");
    if (rev.isPresent()) {
      var latest = query.flag("latest") ? store.latest(id, rev.get()) : List.<StoredDocument>of();
      return latest.stream()
          .findFirst()
          .or(() -> store.get(id, rev.get()))
          .orElseThrow(CouchError::missing);
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

  /** Several revisions at once; as JSON alone. */
  private static void openRevisions(Exchange exchange, DocumentStore store, String id) {
    var accept = exchange.header("Accept").orElse("*/*");
    if (accept.contains("multipart/mixed") && !accept.contains(Exchange.JSON)) {
      throw CouchError.notImplemented("open_revs as multipart/mixed (ask for application/json)");
    }
    var query = exchange.query();
    var form = DocumentText.form(query);
    var all = query.text("open_revs").filter("all"::equals).isPresent();
    var wanted =
        all
            ? List.<Revision>of()
            : query.strings("open_revs").orElseThrow().stream().map(Query::toRevision).toList();
    var found = all ? store.leaves(id) : List.<StoredDocument>of();
    if (all && found.isEmpty()) {
      throw CouchError.missing();
    }
    exchange.stream(
        Exchange.JSON,
        true,
        out -> {
          var json = new JsonStream(out);
          json.text().append('[');
          var comma = "";
          for (var document : found) {
            appendOk(json.text().append(comma), store, document, form);
            comma = ",";
            json.step();
          }
          for (var rev : wanted) {
            json.text().append(comma);
            comma = ",";
            appendRevision(json.text(), store, id, rev, query.flag("latest"), form);
            json.step();
          }
          json.text().append("]\n");
          json.flush();
        });
  }

  private static void appendRevision(
      StringBuilder text,
      DocumentStore store,
      String id,
      Revision rev,
      boolean latest,
      DocumentForm form) {
    var documents = revisions(store, id, rev, latest);
    if (documents.isEmpty()) {
      JsonText.quote(text.append("{\"missing\":"), rev.toString()).append('}');
    }
    var comma = "";
    for (var document : documents) {
      appendOk(text.append(comma), store, document, form);
      comma = ",";
    }
  }

  /** The revision, or the newest that grew out of it. */
  static List<StoredDocument> revisions(
      DocumentStore store, String id, Revision rev, boolean latest) {
    var newest = latest ? store.latest(id, rev) : List.<StoredDocument>of();
    return newest.isEmpty() ? store.get(id, rev).stream().toList() : newest;
  }

  static void appendOk(
      StringBuilder text, DocumentStore store, StoredDocument document, DocumentForm form) {
    DocumentText.append(text.append("{\"ok\":"), store, document, form);
    text.append('}');
  }

  void put(Exchange exchange, DocumentStore store, String id) {
    var type = exchange.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (type.startsWith("multipart/")) {
      throw CouchError.notImplemented("A document as " + type.split(";", 2)[0]);
    }
    var query = exchange.query();
    var body = exchange.readObject();
    body.addProperty("_id", id);
    revision(exchange, body).ifPresent(rev -> body.addProperty("_rev", rev.toString()));
    var newEdits = query.flag("new_edits", true);
    var write = writes.check(exchange.user(), store, body);
    if (!newEdits && write.history().isEmpty()) {
      throw CouchError.badRequest(
          "When `new_edits: false`, the document needs `_rev` or `_revisions` specified");
    }
    var stored = writes.store(exchange.user(), store, write, newEdits);
    written(exchange, store, id, stored.rev());
  }

  /**
   * The revision that is replaced; it may be named in three places, and must be the same in all.
   */
  private static Optional<Revision> revision(Exchange exchange, JsonObject body) {
    var named =
        Stream.of(
                body.get("_rev") instanceof JsonPrimitive rev && rev.isString()
                    ? rev.getAsString()
                    : null,
                exchange.query().text("rev").orElse(null),
                exchange.ifMatch().orElse(null))
            .filter(Objects::nonNull)
            .map(Query::toRevision)
            .distinct()
            .toList();
    if (named.size() > 1) {
      throw CouchError.badRequest(
          "Document rev from request body, query string and If-Match have different values");
    }
    return named.stream().findFirst();
  }

  private static void written(Exchange exchange, DocumentStore store, String id, Revision rev) {
    var batch = exchange.query().text("batch").filter("ok"::equals).isPresent();
    exchange
        .setHeader("ETag", "\"" + rev + "\"")
        .setHeader("Location", location(exchange, store, id))
        .json(batch ? 202 : 201, JsonText.ok(id, rev));
  }

  /** The address of a document; the slash in the id of a design document stays one. */
  static String location(Exchange exchange, DocumentStore store, String id) {
    var parts = new ArrayList<String>(List.of(store.name()));
    if (id.startsWith("_design/")) {
      parts.addAll(List.of("_design", id.substring("_design/".length())));
    } else {
      parts.add(id);
    }
    return exchange.location(parts.toArray(String[]::new));
  }

  void delete(Exchange exchange, DocumentStore store, String id) {
    writes.checkId(exchange.user(), store, id);
    winner(store, id);
    var rev =
        exchange
            .query()
            .revision("rev")
            .or(() -> exchange.ifMatch().map(Query::toRevision))
            .orElseThrow(CouchError::conflict);
    var stored = writes.store(exchange.user(), store, DocumentWrite.deletion(id, rev), true);
    exchange.setHeader("ETag", "\"" + stored.rev() + "\"").json(200, JsonText.ok(id, stored.rev()));
  }
}
