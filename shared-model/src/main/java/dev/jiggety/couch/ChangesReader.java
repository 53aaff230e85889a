package dev.jiggety.couch;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.http.HttpHeaders;
import org.apache.http.client.methods.HttpRequestBase;

/**
 * The changes feed of one database: at once, waiting, and continuous. A silence of three heartbeats
 * is a lost connection; without heartbeats it is lost when the answer is ten seconds late.
 */
final class ChangesReader {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration LATE = Duration.ofSeconds(1);
  private static final Duration SERVERS_OWN_TIMEOUT = Duration.ofSeconds(60);

  /** How far a long poll is. */
  private enum Progress {
    ASKED,
    /** The answer has begun and there is no row yet. */
    WAITING,
    CUT,
    ENDED
  }

  private final String database;
  private final Transport transport;
  private final Requests requests;

  ChangesReader(String database, Transport transport, Requests requests) {
    this.database = database;
    this.transport = transport;
    this.requests = requests;
  }

  Outcome<Changes> read(ChangesRequest request, Cancellation cancellation) {
    if (!request.longpoll()) {
      HttpRequestBase http = http(request, "");
      return requests.cancellable(
          http, cancellation, () -> requests.exchange(http, body -> Changes.read(body, () -> {})));
    }
    if (request.since().equals("now")) {
      // After a poll without an answer "now" would be another time; so it becomes a sequence first.
      Outcome<Changes> now = read(ChangesRequest.since("now").limitedTo(1), cancellation);
      return now.then(changes -> poll(request.from(changes.lastSeq()), cancellation));
    }
    return poll(request, cancellation);
  }

  /**
   * A long poll that ends in time even where the server has other ideas: with heartbeats CouchDB
   * waits for ever, PouchDB's server always does. It counts as an answer without rows then, if the
   * server had begun to answer at all.
   */
  private Outcome<Changes> poll(ChangesRequest request, Cancellation cancellation) {
    HttpRequestBase http = http(request, "&feed=longpoll");
    prepare(http, request);
    AtomicReference<Progress> progress = new AtomicReference<>(Progress.ASKED);
    request.timeout().ifPresent(longest -> cutAfter(longest.plus(LATE), http, progress));
    Outcome<Changes> outcome =
        requests.cancellable(
            http, cancellation, () -> requests.exchange(http, body -> readRows(body, progress)));
    boolean cut = progress.getAndSet(Progress.ENDED) == Progress.CUT;
    return cut && !cancellation.isCancelled()
        ? new Outcome.Ok<>(new Changes(List.of(), request.since(), -1))
        : outcome;
  }

  private static Changes readRows(Reader body, AtomicReference<Progress> progress) {
    progress.compareAndSet(Progress.ASKED, Progress.WAITING);
    return Changes.read(body, () -> progress.compareAndSet(Progress.WAITING, Progress.ENDED));
  }

  private static void cutAfter(
      Duration wait, HttpRequestBase http, AtomicReference<Progress> progress) {
    CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> {
          if (progress.compareAndSet(Progress.WAITING, Progress.CUT)) {
            http.abort();
          }
        });
  }

  Outcome<String> follow(ChangesRequest request, FeedListener listener, Cancellation cancellation) {
    HttpRequestBase http = http(request, "&feed=continuous");
    prepare(http, request);
    return requests.cancellable(
        http,
        cancellation,
        () -> requests.exchange(http, body -> hear(body, request.since(), listener)));
  }

  /** Servers that compress keep small things back until there is more: here that would be late. */
  private void prepare(HttpRequestBase http, ChangesRequest request) {
    http.setConfig(transport.silentFor(longestSilence(request)));
    http.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
  }

  private String hear(Reader body, String since, FeedListener listener) {
    listener.connected();
    String last = since;
    try {
      FeedLines lines = new FeedLines(body, listener.longestRow());
      for (String line = lines.next(); line != null; line = lines.next()) {
        transport.heard();
        if (line.isBlank()) {
          listener.heartbeat();
          continue;
        }
        if (lines.isOversized()) {
          listener.oversized(line);
          continue;
        }
        Change change = Changes.row(line);
        if (change.id().isEmpty()) {
          last = end(Json.object(new StringReader(line)), line);
        } else {
          last = change.seq();
          listener.change(change);
        }
      }
      return last;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the server says at the end of a feed: where it has come to, or why it ends. */
  private static String end(JsonObject line, String text) throws IOException {
    if (!line.has("last_seq")) {
      throw new IOException("the feed says " + Json.text(line, "reason", text));
    }
    return Json.sequence(line.get("last_seq"));
  }

  private HttpRequestBase http(ChangesRequest request, String feed) {
    StringBuilder path = new StringBuilder(database).append("/_changes?since=");
    path.append(Requests.encode(request.since())).append(feed);
    if (request.limit() > 0) {
      path.append("&limit=").append(request.limit());
    }
    if (request.allLeaves()) {
      path.append("&style=all_docs");
    }
    if (request.withDocuments()) {
      path.append("&include_docs=true");
    }
    if (request.heartbeat().isPresent()) {
      path.append("&heartbeat=").append(request.heartbeat().get().toMillis());
    } else if (request.timeout().isPresent()) {
      path.append("&timeout=").append(request.timeout().get().toMillis());
    }
    return switch (request.filter()) {
      case ChangesFilter.All() -> requests.get(path.toString());
      case ChangesFilter.DocIds(List<String> ids) ->
          requests.post(path + "&filter=_doc_ids", Hub.member("doc_ids", Hub.texts(ids)));
      case ChangesFilter.Selector(JsonObject selector) ->
          requests.post(path + "&filter=_selector", Hub.member("selector", selector));
      case ChangesFilter.Function(String name, JsonObject parameters) ->
          requests.get(path.append("&filter=").append(Requests.encode(name)) + query(parameters));
      case ChangesFilter.View(String name) ->
          requests.get(path + "&filter=_view&view=" + Requests.encode(name));
    };
  }

  private static String query(JsonObject parameters) {
    StringBuilder query = new StringBuilder();
    for (var parameter : parameters.entrySet()) {
      String value =
          parameter.getValue() instanceof JsonPrimitive text && text.isString()
              ? text.getAsString()
              : Json.write(parameter.getValue());
      query.append('&').append(Requests.encode(parameter.getKey()));
      query.append('=').append(Requests.encode(value));
    }
    return query.toString();
  }

  private static Duration longestSilence(ChangesRequest request) {
    return request
        .heartbeat()
        .map(every -> every.multipliedBy(3))
        .orElseGet(() -> request.timeout().orElse(SERVERS_OWN_TIMEOUT).plus(GRACE));
  }
}
