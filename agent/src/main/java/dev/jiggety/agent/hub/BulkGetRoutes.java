package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.AllDocsRows;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.InvalidDocumentException;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.StoredDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Many documents, each with the revision that is wanted (CouchDB "/{db}/_bulk_get"). */
final class BulkGetRoutes {
  /** What CouchDB takes of a single document's parameters, but not here. */
  private static final List<String> UNACCEPTABLE =
      List.of("open_revs", "new_edits", "w", "rev", "atts_since");

  private static final String MIXED = "multipart/mixed";
  private static final String RELATED = "multipart/related";

  /** What one entry of the request wants. */
  private sealed interface Want {

    /**
     * A document.
     *
     * @param rev empty = all leaves
     * @param attsSince empty = as the request says for all
     */
    record Document(String id, Optional<Revision> rev, Optional<List<Revision>> attsSince)
        implements Want {}

    /** Nothing that could be found; the answer says why, beside the others. */
    record Wrong(JsonElement id, JsonElement rev, String error, String reason) implements Want {}
  }

  void get(Exchange exchange, DocumentStore store) {
    exchange.body().requireJson();
    for (var name : UNACCEPTABLE) {
      if (exchange.query().has(name)) {
        throw CouchError.badRequest("\"" + name + "\" query parameter is not acceptable");
      }
    }
    if (!(exchange.body().object().get("docs") instanceof JsonArray docs)) {
      throw CouchError.badRequest("Missing JSON list of 'docs'.");
    }
    var wanted = docs.asList().stream().map(BulkGetRoutes::want).toList();
    var answer = new Answer(store, wanted, exchange.query(), DocumentShape.of(exchange.query()));
    if (exchange.accepts(Exchange.JSON)
        || !(exchange.accepts(MIXED) || exchange.accepts(RELATED))) {
      exchange.stream(Exchange.JSON, true, out -> answer.write(new JsonStream(out)));
    } else {
      var boundary = MultipartWriter.newBoundary();
      exchange.stream(
          MultipartWriter.type(exchange.accepts(MIXED) ? MIXED : RELATED, boundary),
          false,
          out -> answer.write(new MultipartWriter(out, boundary)));
    }
  }

  private static Want want(JsonElement element) {
    var none = JsonNull.INSTANCE;
    if (!(element instanceof JsonObject object) || object.isEmpty()) {
      return new Want.Wrong(none, none, "bad_request", "document must be a JSON object");
    }
    var id = object.get("id");
    if (id == null) {
      return new Want.Wrong(none, none, "bad_request", "document id missed");
    }
    if (!(id instanceof JsonPrimitive text && text.isString())) {
      return new Want.Wrong(id, none, "illegal_docid", "Document id must be a string");
    }
    var rev = object.get("rev");
    var since = object.get("atts_since");
    try {
      DocumentIds.check(text.getAsString());
    } catch (InvalidDocumentException e) {
      return new Want.Wrong(id, none, e.error(), e.reason());
    }
    try {
      return new Want.Document(
          text.getAsString(),
          Optional.ofNullable(rev).map(BulkGetRoutes::revision),
          Optional.ofNullable(since).map(BulkGetRoutes::revisions));
    } catch (CouchError e) {
      return new Want.Wrong(id, rev == null ? none : rev, e.error(), e.reason());
    }
  }

  private static Revision revision(JsonElement value) {
    return Query.toRevision(
        value instanceof JsonPrimitive text && text.isString() ? text.getAsString() : "");
  }

  private static List<Revision> revisions(JsonElement value) {
    if (value instanceof JsonArray array) {
      return array.asList().stream().map(BulkGetRoutes::revision).toList();
    }
    throw CouchError.badRequest("att_since value must be array of revs.");
  }

  /** Finds the documents as they are written. */
  private record Answer(DocumentStore store, List<Want> wanted, Query query, DocumentShape shape) {

    /** Nearly always the winners are wanted, which can be read many at a time. */
    private AllDocsRows winners() {
      var ids = new ArrayList<String>(wanted.size());
      for (var want : wanted) {
        if (want instanceof Want.Document document) {
          ids.add(document.id);
        }
      }
      return store.allDocs(AllDocsQuery.keys(ids).withDocs());
    }

    void write(JsonStream json) throws IOException {
      try (var winners = winners()) {
        write(json, winners);
      }
    }

    private void write(JsonStream json, AllDocsRows winners) throws IOException {
      json.text().append("{\"results\":[");
      var comma = "";
      for (var want : wanted) {
        json.text().append(comma).append("{\"id\":");
        switch (want) {
          case Want.Wrong wrong ->
              json.text()
                  .append(wrong.id)
                  .append(",\"docs\":[{\"error\":")
                  .append(error(wrong))
                  .append("}]}");
          case Want.Document document -> {
            JsonText.quote(json.text(), document.id).append(",\"docs\":[");
            write(json, document, find(document, winners.next().document()));
            json.text().append("]}");
          }
        }
        comma = ",\n";
        json.step();
      }
      json.text().append("]}\n");
      json.flush();
    }

    private void write(JsonStream json, Want.Document want, List<StoredDocument> found)
        throws IOException {
      if (found.isEmpty()) {
        json.text().append("{\"error\":").append(error(missing(want))).append('}');
      }
      var comma = "";
      for (var document : found) {
        json.text().append(comma).append("{\"ok\":");
        DocumentText.write(json, store, document, shape(want));
        json.text().append('}');
        comma = ",";
      }
    }

    void write(MultipartWriter writer) throws IOException {
      try (var winners = winners()) {
        write(writer, winners);
      }
    }

    private void write(MultipartWriter writer, AllDocsRows winners) throws IOException {
      for (var want : wanted) {
        switch (want) {
          case Want.Wrong wrong -> writer.error(error(wrong).toString());
          case Want.Document document -> {
            var found = find(document, winners.next().document());
            if (found.isEmpty()) {
              writer.error(error(missing(document)).toString());
            }
            var shape = shape(document);
            for (var one : found) {
              writer.document(
                  store,
                  one,
                  shape.since(shape.attsSince()),
                  "X-Doc-Id: " + MultipartWriter.line(one.id()),
                  "X-Rev-Id: " + one.rev());
            }
          }
        }
      }
      writer.end();
    }

    private DocumentShape shape(Want.Document want) {
      return want.attsSince.map(shape::since).orElse(shape);
    }

    private List<StoredDocument> find(Want.Document want, @Nullable StoredDocument winner) {
      if (winner != null && want.rev.isPresent() && winner.rev().equals(want.rev.get())) {
        return List.of(winner);
      }
      var latest = query.flag("latest");
      return want.rev
          .map(rev -> OpenRevisions.revisions(store, want.id, rev, latest))
          .orElseGet(() -> store.leaves(want.id));
    }

    private static Want.Wrong missing(Want.Document want) {
      var rev = new JsonPrimitive(want.rev.map(Revision::toString).orElse("undefined"));
      return new Want.Wrong(new JsonPrimitive(want.id), rev, "not_found", "missing");
    }

    private static JsonObject error(Want.Wrong wrong) {
      var error = new JsonObject();
      error.add("id", wrong.id);
      error.add("rev", wrong.rev);
      error.addProperty("error", wrong.error);
      error.addProperty("reason", wrong.reason);
      return error;
    }
  }
}
