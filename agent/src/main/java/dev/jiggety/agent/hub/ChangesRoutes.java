package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
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
  private final ChangesFilters filters;

  ChangesRoutes(Feeds feeds, ChangesFilters filters) {
    this.feeds = feeds;
    this.filters = filters;
  }

  void changes(Exchange exchange, DocumentStore store) {
    var query = exchange.query();
    var descending = query.flag("descending");
    var kind = query.text("feed").orElse("normal");
    var dress = dress(kind);
    var shape = shape(exchange, store);
    // "Using 0 here has the same effect as 1."
    var limit = Math.max(1, query.number("limit", Long.MAX_VALUE));
    var since = since(exchange, dress).map(text -> Sequences.read(store, text)).orElse(0L);
    if (dress.isEmpty()) {
      normal(exchange, store, shape, since, limit, descending);
    } else if (descending && dress.get().goesOn()) {
      throw CouchError.notImplemented("descending with feed=" + kind);
    } else {
      live(exchange, store, shape, since, limit, dress.get(), descending);
    }
  }

  static Optional<FeedDress> dress(String kind) {
    return switch (kind) {
      case "normal" -> Optional.empty();
      case "longpoll" -> Optional.of(FeedDress.LONGPOLL);
      case "continuous", "live" -> Optional.of(FeedDress.CONTINUOUS);
      case "eventsource" -> Optional.of(FeedDress.EVENT_SOURCE);
      default ->
          throw CouchError.badRequest(
              "Supported `feed` types: normal, continuous, live, longpoll, eventsource");
    };
  }

  /** Where to begin; a browser that comes back to its events says so in a header. */
  static Optional<String> since(Exchange exchange, Optional<FeedDress> dress) {
    var header =
        dress.filter(FeedDress.EVENT_SOURCE::equals).flatMap(d -> exchange.header("Last-Event-ID"));
    var query = exchange.query();
    return header.or(() -> query.text("last-event-id")).or(() -> query.text("since"));
  }

  private ChangesShape shape(Exchange exchange, DocumentStore store) {
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
    var body = body(exchange);
    return new ChangesShape(
        style.equals("all_docs"), form, docIds(query, body), filters.of(exchange, store, body));
  }

  /** What was posted, an empty object for nothing; null where it is no POST. */
  private static @Nullable JsonObject body(Exchange exchange) {
    if (!exchange.method().equals("POST")) {
      return null;
    }
    exchange.body().requireJson();
    var empty =
        exchange.header("Transfer-Encoding").isEmpty()
            && exchange.header("Content-Length").orElse("0").equals("0");
    return empty ? new JsonObject() : exchange.body().object();
  }

  /** The ids of {@code filter=_doc_ids}; null without. */
  private static @Nullable List<String> docIds(Query query, @Nullable JsonObject body) {
    if (query.text("filter").filter("_doc_ids"::equals).isEmpty()) {
      return null;
    }
    if (body == null) {
      return query.strings("doc_ids").orElseThrow(ChangesRoutes::noDocIds);
    }
    var ids = Optional.ofNullable(body.get("doc_ids"));
    return Query.strings("doc_ids", ids.orElseThrow(ChangesRoutes::noDocIds));
  }

  private static CouchError noDocIds() {
    return CouchError.badRequest("`doc_ids` filter parameter is not a list of doc ids.");
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
    var interval = Math.max(1, exchange.query().number("seq_interval", 1));
    exchange.setHeader("Cache-Control", "must-revalidate").stream(
        Exchange.JSON,
        true,
        out -> {
          try (rows) {
            var json = new JsonStream(out);
            json.text().append("{\"results\":[\n");
            for (var count = 1L; rows.hasNext(); count++) {
              json.text().append(count == 1 ? "" : ",\n");
              shape.append(json.text(), store, rows.next(), count % interval == 0);
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
      FeedDress dress,
      boolean descending) {
    var pulse = pulse(exchange.query());
    var from = since;
    if (!dress.goesOn()) {
      // As in a normal feed, `since` says nothing where it goes downwards.
      var rows = store.changes(shape.query(descending ? 0 : since, limit, descending));
      if (rows.hasNext()) {
        answer(exchange, store, shape, rows);
        return;
      }
      from = rows.lastSeq();
      rows.close();
    }
    feeds.open(store, new Feed(exchange.feed(dress.type()), shape, dress, from, limit, pulse));
  }

  static Feed.Pulse pulse(Query query) {
    var heartbeat =
        query.text("heartbeat").filter("true"::equals).isPresent()
            ? DEFAULT_WAIT
            : Duration.ofMillis(query.flagOrNumber("heartbeat", 0));
    var timeout =
        Duration.ofMillis(
            Math.min(query.number("timeout", Long.MAX_VALUE), DEFAULT_WAIT.toMillis()));
    return new Feed.Pulse(heartbeat, timeout);
  }
}
