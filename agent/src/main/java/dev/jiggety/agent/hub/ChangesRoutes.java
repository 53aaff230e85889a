package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.ChangeRows;
import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The changes feed in its kinds (CouchDB "/{db}/_changes"). */
final class ChangesRoutes {
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(60);

  private final Feeds feeds;

  ChangesRoutes(Feeds feeds) {
    this.feeds = feeds;
  }

  void changes(Exchange exchange, DocumentStore store) {
    var query = exchange.query();
    var kind = query.text("feed").orElse("normal");
    var descending = query.flag("descending");
    var shape = shape(exchange, store);
    // "Using 0 here has the same effect as 1."
    var limit = Math.max(1, query.number("limit", Long.MAX_VALUE));
    var since = query.text("since").map(text -> Sequences.read(store, text)).orElse(0L);
    switch (kind) {
      case "normal" -> normal(exchange, store, shape, since, limit, descending);
      case "longpoll", "continuous" -> {
        if (descending) {
          throw CouchError.notImplemented("descending with feed=" + kind);
        }
        live(exchange, store, shape, since, limit, kind.equals("continuous"));
      }
      case "eventsource" -> throw CouchError.notImplemented("feed=eventsource");
      default ->
          throw CouchError.badRequest("Supported `feed` types: normal, continuous, longpoll");
    }
  }

  private static ChangesShape shape(Exchange exchange, DocumentStore store) {
    var query = exchange.query();
    var form =
        query.flag("include_docs")
            ? new DocumentForm(
                false, false, query.flag("conflicts"), false, false, query.flag("attachments"))
            : null;
    var style = query.text("style").orElse("main_only");
    if (!style.equals("main_only") && !style.equals("all_docs")) {
      throw CouchError.queryParse("Invalid value for style: \"" + style + "\"");
    }
    return new ChangesShape(style.equals("all_docs"), form, docIds(exchange, store));
  }

  /** The ids of {@code filter=_doc_ids}; null without filter. */
  private static @Nullable List<String> docIds(Exchange exchange, DocumentStore store) {
    var filter = exchange.query().text("filter").orElse("");
    return switch (filter) {
      case "" -> null;
      case "_doc_ids" -> docIds(exchange);
      case "_selector", "_design", "_view" -> throw CouchError.notImplemented("filter=" + filter);
      default -> throw unknownFilter(store, filter);
    };
  }

  private static List<String> docIds(Exchange exchange) {
    if (!exchange.method().equals("POST")) {
      return exchange.query().strings("doc_ids").orElseThrow(ChangesRoutes::noDocIds);
    }
    exchange.requireJson();
    var ids = Optional.ofNullable(exchange.readObject().get("doc_ids"));
    return Query.strings("doc_ids", ids.orElseThrow(ChangesRoutes::noDocIds));
  }

  private static CouchError noDocIds() {
    return CouchError.badRequest("`doc_ids` filter parameter is not a list of doc ids.");
  }

  private static CouchError unknownFilter(DocumentStore store, String filter) {
    var slash = filter.indexOf('/');
    if (slash < 1 || slash == filter.length() - 1) {
      return CouchError.badRequest("filter parameter must be of the form `designname/filtername`");
    }
    var design = store.get("_design/" + filter.substring(0, slash));
    return design.isEmpty() || design.get().deleted()
        ? CouchError.missing()
        : CouchError.notImplemented("A filter function");
  }

  private static void normal(
      Exchange exchange,
      DocumentStore store,
      ChangesShape shape,
      long since,
      long limit,
      boolean descending) {
    // CouchDB ignores `since` there: it goes from the newest down to the very first.
    var rows = store.changes(shape.query(descending ? 0 : since, limit, descending));
    answer(exchange, store, shape, rows);
  }

  private static void answer(
      Exchange exchange, DocumentStore store, ChangesShape shape, ChangeRows rows) {
    exchange.setHeader("Cache-Control", "must-revalidate").stream(
        Exchange.JSON,
        true,
        out -> {
          try (rows) {
            var json = new JsonStream(out);
            json.text().append("{\"results\":[\n");
            var comma = "";
            while (rows.hasNext()) {
              shape.append(json.text().append(comma), store, rows.next());
              comma = ",\n";
              json.step();
            }
            json.text().append("\n],\n\"last_seq\":\"");
            json.text().append(Sequences.write(store, rows.lastSeq()));
            json.text().append("\",\"pending\":").append(rows.pending()).append("}\n");
            json.flush();
          }
        });
  }

  private void live(
      Exchange exchange,
      DocumentStore store,
      ChangesShape shape,
      long since,
      long limit,
      boolean continuous) {
    var query = exchange.query();
    var heartbeat =
        query.text("heartbeat").filter("true"::equals).isPresent()
            ? DEFAULT_WAIT
            : Duration.ofMillis(query.flagOrNumber("heartbeat", 0));
    var timeout =
        Duration.ofMillis(
            Math.min(query.number("timeout", Long.MAX_VALUE), DEFAULT_WAIT.toMillis()));
    var from = since;
    if (!continuous) {
      var rows = store.changes(shape.query(since, limit, false));
      if (rows.hasNext()) {
        answer(exchange, store, shape, rows);
        return;
      }
      from = rows.lastSeq();
      rows.close();
    }
    var pulse = new Feed.Pulse(heartbeat, timeout);
    feeds.open(store, new Feed(exchange.feed(), shape, continuous, from, limit, pulse));
  }
}
