package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.AllDocsRow;
import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentStore;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Documents by id (CouchDB "/{db}/_all_docs"); streamed, however many there are. */
final class AllDocsRoutes {
  private static final String FIRST_DESIGN = "_design/";
  private static final String BEHIND_DESIGN = "_design0";

  void allDocs(Exchange exchange, DocumentStore store) {
    answer(exchange, store, new AllDocsParameters(query(exchange), null, null));
  }

  void designDocs(Exchange exchange, DocumentStore store) {
    answer(exchange, store, designs(query(exchange)));
  }

  /** {@code /db/_partition/name/_all_docs}. */
  void partition(
      Exchange exchange, DocumentStore store, Partitions.Range range, List<String> rest) {
    if (rest.size() > 1) {
      throw CouchError.missing();
    }
    answer(exchange, store, new AllDocsParameters(query(exchange), range.first(), range.behind()));
  }

  /** {@code /db/_all_docs/queries}. */
  void allDocsQueries(Exchange exchange, DocumentStore store) {
    answer(exchange, store, queries(exchange).map(q -> new AllDocsParameters(q, null, null)));
  }

  /** {@code /db/_design_docs/queries}. */
  void designDocsQueries(Exchange exchange, DocumentStore store) {
    answer(exchange, store, queries(exchange).map(AllDocsRoutes::designs));
  }

  private static AllDocsParameters designs(Query query) {
    return new AllDocsParameters(query, FIRST_DESIGN, BEHIND_DESIGN);
  }

  /** The parameters, with those of a body. */
  static Query query(Exchange exchange) {
    var query = exchange.query();
    if (exchange.method().equals("POST")) {
      exchange.body().requireJson();
      var body = exchange.body().object();
      if (body.has("keys") && !body.get("keys").isJsonNull() && !body.get("keys").isJsonArray()) {
        throw CouchError.badRequest("`keys` body member must be an array.");
      }
      return query.with(body);
    }
    if (query.json("keys").filter(keys -> !keys.isJsonArray()).isPresent()) {
      throw CouchError.badRequest("`keys` parameter must be an array.");
    }
    return query;
  }

  /** The parameters of each of several queries in a body. */
  static Stream<Query> queries(Exchange exchange) {
    exchange.body().requireJson();
    var queries = exchange.body().object().get("queries");
    if (queries == null) {
      throw CouchError.badRequest("POST body must include `queries` parameter.");
    }
    if (!(queries instanceof JsonArray array)) {
      throw CouchError.badRequest("`queries` member must be an array.");
    }
    return array.asList().stream()
        .map(element -> {
          if (element instanceof JsonObject object) {
            return exchange.query().with(object);
          }
          throw CouchError.badRequest("Each of `queries` must be a JSON object.");
        });
  }

  private static void answer(Exchange exchange, DocumentStore store, AllDocsParameters parameters) {
    // What is wrong with the parameters is to be found before the answer begins.
    var list = new Rows(store, parameters);
    exchange.stream(
        Exchange.JSON,
        true,
        out -> {
          var json = new JsonStream(out);
          list.write(json);
          json.text().append('\n');
          json.flush();
        });
  }

  private static void answer(
      Exchange exchange, DocumentStore store, Stream<AllDocsParameters> several) {
    var lists = several.map(parameters -> new Rows(store, parameters)).toList();
    exchange.stream(
        Exchange.JSON,
        true,
        out -> {
          var json = new JsonStream(out);
          json.text().append("{\"results\":[");
          var comma = "\n";
          for (var list : lists) {
            json.text().append(comma);
            list.write(json);
            comma = ",\n";
          }
          json.text().append("\n]}\n");
          json.flush();
        });
  }

  /** One list. */
  private static final class Rows {
    private final DocumentStore store;
    private final AllDocsParameters parameters;
    private final AllDocsQuery asked;
    private final DocumentForm form;
    private final boolean updateSeq;

    Rows(DocumentStore store, AllDocsParameters parameters) {
      this.store = store;
      this.parameters = parameters;
      this.asked = parameters.asked();
      var query = parameters.query();
      this.form =
          new DocumentForm(
              false, false, query.flag("conflicts"), false, false, query.flag("attachments"));
      this.updateSeq = query.flag("update_seq");
    }

    void write(JsonStream json) throws IOException {
      try (var rows = store.allDocs(asked)) {
        var text = json.text();
        var part = parameters.first() == null ? null : parameters.whole();
        var before = 0L;
        var total = rows.totalRows();
        if (part != null) {
          try (var all = store.allDocs(part)) {
            before = all.offset();
            for (total = 0; all.hasNext(); total++) {
              all.next();
            }
          }
        }
        text.append("{\"total_rows\":").append(total).append(",\"offset\":");
        text.append(asked.keys() == null ? Long.toString(rows.offset() - before) : "null");
        if (updateSeq) {
          text.append(",\"update_seq\":\"");
          text.append(Sequences.write(store, store.info().updateSeq())).append('"');
        }
        text.append(",\"rows\":[\n");
        var comma = "";
        while (rows.hasNext()) {
          text.append(comma);
          write(json, rows.next());
          comma = ",\n";
          json.step();
        }
        text.append("\n]}");
      }
    }

    private void write(JsonStream json, AllDocsRow row) throws IOException {
      var text = json.text();
      var rev = row.rev();
      if (rev == null) {
        JsonText.quote(text.append("{\"key\":"), row.id()).append(",\"error\":\"not_found\"}");
        return;
      }
      JsonText.quote(text.append("{\"id\":"), row.id());
      JsonText.quote(text.append(",\"key\":"), row.id());
      JsonText.quote(text.append(",\"value\":{\"rev\":"), rev.toString());
      text.append(row.deleted() ? ",\"deleted\":true}" : "}");
      if (asked.includeDocs()) {
        text.append(",\"doc\":");
        var document = row.document();
        if (document == null) {
          text.append("null");
        } else {
          DocumentText.write(json, store, document, new DocumentShape(form, List.of()));
        }
      }
      text.append('}');
    }
  }
}
