package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.AllDocsRow;
import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Documents by id (CouchDB "/{db}/_all_docs"); streamed, however many there are. */
final class AllDocsRoutes {
  private static final String FIRST_DESIGN = "_design/";
  private static final String BEHIND_DESIGN = "_design0";

  void allDocs(Exchange exchange, DocumentStore store) {
    answer(exchange, store, false);
  }

  void designDocs(Exchange exchange, DocumentStore store) {
    answer(exchange, store, true);
  }

  private static void answer(Exchange exchange, DocumentStore store, boolean designOnly) {
    var query = exchange.query();
    if (exchange.method().equals("POST")) {
      exchange.requireJson();
      var body = exchange.readObject();
      if (body.has("queries")) {
        throw CouchError.notImplemented("`queries`");
      }
      query = query.with(body);
    }
    var parameters = query;
    var asked = asked(query, designOnly);
    var form =
        new DocumentForm(
            false, false, query.flag("conflicts"), false, false, query.flag("attachments"));
    exchange.stream(
        Exchange.JSON,
        true,
        out -> {
          try (var rows = store.allDocs(asked)) {
            var json = new JsonStream(out);
            json.text().append("{\"total_rows\":").append(rows.totalRows());
            json.text().append(",\"offset\":");
            json.text().append(asked.keys() == null ? Long.toString(rows.offset()) : "null");
            if (parameters.flag("update_seq")) {
              json.text().append(",\"update_seq\":\"");
              json.text().append(Sequences.write(store, store.info().updateSeq())).append('"');
            }
            json.text().append(",\"rows\":[\n");
            appendRows(json, store, rows, asked.includeDocs(), form);
            json.text().append("\n]}\n");
            json.flush();
          }
        });
  }

  private static void appendRows(
      JsonStream json,
      DocumentStore store,
      java.util.Iterator<AllDocsRow> rows,
      boolean includeDocs,
      DocumentForm form)
      throws IOException {
    var comma = "";
    while (rows.hasNext()) {
      json.text().append(comma);
      appendRow(json.text(), store, rows.next(), includeDocs, form);
      comma = ",\n";
      json.step();
    }
  }

  private static AllDocsQuery asked(Query query, boolean designOnly) {
    var keys = query.strings("keys").orElse(null);
    Optional<String> key = query.key("key", "key");
    var descending = query.flag("descending");
    var start = key.or(() -> query.key("startkey", "start_key")).orElse(null);
    var end = key.or(() -> query.key("endkey", "end_key")).orElse(null);
    if (designOnly) {
      start = start == null ? (descending ? BEHIND_DESIGN : FIRST_DESIGN) : start;
      end = end == null ? (descending ? FIRST_DESIGN : BEHIND_DESIGN) : end;
    }
    checkRange(keys, start, end, descending);
    return new AllDocsQuery(
        start,
        end,
        query.flag("inclusive_end", true),
        keys,
        descending,
        query.number("skip", 0),
        query.number("limit", Long.MAX_VALUE),
        query.flag("include_docs"));
  }

  private static void checkRange(
      @Nullable List<String> keys,
      @Nullable String start,
      @Nullable String end,
      boolean descending) {
    if (start == null || end == null) {
      return;
    }
    if (keys != null) {
      throw CouchError.queryParse("`keys` is incompatible with `key`, `start_key` and `end_key`");
    }
    var order =
        Arrays.compareUnsigned(
            start.getBytes(StandardCharsets.UTF_8), end.getBytes(StandardCharsets.UTF_8));
    if (descending ? order < 0 : order > 0) {
      throw CouchError.queryParse(
          "No rows can match your key range, reverse your start_key and end_key or set"
              + (descending ? " descending=false" : " descending=true"));
    }
  }

  private static void appendRow(
      StringBuilder text,
      DocumentStore store,
      AllDocsRow row,
      boolean includeDocs,
      DocumentForm form) {
    var rev = row.rev();
    if (rev == null) {
      JsonText.quote(text.append("{\"key\":"), row.id()).append(",\"error\":\"not_found\"}");
      return;
    }
    JsonText.quote(text.append("{\"id\":"), row.id());
    JsonText.quote(text.append(",\"key\":"), row.id());
    JsonText.quote(text.append(",\"value\":{\"rev\":"), rev.toString());
    text.append(row.deleted() ? ",\"deleted\":true}" : "}");
    if (includeDocs) {
      text.append(",\"doc\":");
      var document = row.document();
      if (document == null) {
        text.append("null");
      } else {
        DocumentText.append(text, store, document, form);
      }
    }
    text.append('}');
  }
}
