package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.StoredDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several revisions of a document at once ({@code open_revs}), as JSON or, to a client that takes
 * it, as {@code multipart/mixed} with the contents of attachments (CouchDB "Replication Protocol",
 * fetch changed documents).
 */
final class OpenRevisions {
  private static final String MIXED = "multipart/mixed";

  private OpenRevisions() {}

  /** A revision that was asked for, or one that grew out of it; empty = it is not here. */
  private record Found(Revision rev, Optional<StoredDocument> document) {}

  static void get(Exchange exchange, DocumentStore store, String id) {
    var found = find(exchange.query(), store, id);
    var shape = DocumentShape.of(exchange.query());
    if (exchange.accepts(MIXED)) {
      var boundary = MultipartWriter.newBoundary();
      exchange.stream(
          MultipartWriter.type(MIXED, boundary),
          false,
          out -> {
            var writer = new MultipartWriter(out, boundary);
            for (var one : found) {
              write(writer, store, one, shape.since(shape.attsSince()));
            }
            writer.end();
          });
    } else {
      exchange.stream(
          Exchange.JSON,
          true,
          out -> {
            var json = new JsonStream(out);
            var comma = "[";
            for (var one : found) {
              json.text().append(comma);
              write(json, store, one, shape);
              comma = ",";
            }
            json.text().append(found.isEmpty() ? "[]\n" : "]\n");
            json.flush();
          });
    }
  }

  private static void write(
      MultipartWriter writer, DocumentStore store, Found found, DocumentShape shape)
      throws IOException {
    if (found.document.isPresent()) {
      writer.document(store, found.document.get(), shape);
    } else {
      writer.error("{\"missing\":\"" + found.rev + "\"}");
    }
  }

  private static void write(JsonStream json, DocumentStore store, Found found, DocumentShape shape)
      throws IOException {
    if (found.document.isPresent()) {
      json.text().append("{\"ok\":");
      DocumentText.write(json, store, found.document.get(), shape);
    } else {
      JsonText.quote(json.text().append("{\"missing\":"), found.rev.toString());
    }
    json.text().append('}');
    json.step();
  }

  private static List<Found> find(Query query, DocumentStore store, String id) {
    var found = new ArrayList<Found>();
    if (query.text("open_revs").filter("all"::equals).isPresent()) {
      store.leaves(id).forEach(leaf -> found.add(new Found(leaf.rev(), Optional.of(leaf))));
      if (found.isEmpty()) {
        throw CouchError.missing();
      }
      return found;
    }
    var latest = query.flag("latest");
    for (var rev :
        query.strings("open_revs").orElseThrow().stream().map(Query::toRevision).toList()) {
      var documents = revisions(store, id, rev, latest);
      documents.forEach(each -> found.add(new Found(rev, Optional.of(each))));
      if (documents.isEmpty()) {
        found.add(new Found(rev, Optional.empty()));
      }
    }
    return found;
  }

  /** The revision, or with {@code latest} the newest that grew out of it. */
  static List<StoredDocument> revisions(
      DocumentStore store, String id, Revision rev, boolean latest) {
    var newest = latest ? store.latest(id, rev) : List.<StoredDocument>of();
    return newest.isEmpty() ? store.get(id, rev).stream().toList() : newest;
  }
}
