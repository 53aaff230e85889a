package dev.jiggety.agent.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The feed of what happens to databases (CouchDB "/_db_updates"), in all its kinds. */
final class UpdatesRoutes {
  private final DatabaseUpdates updates;
  private final Duration patience;

  /**
   * Answers.
   *
   * @param patience how long a client may leave unread what it was sent, before it is cut
   */
  UpdatesRoutes(DatabaseUpdates updates, Duration patience) {
    this.updates = updates;
    this.patience = patience;
  }

  void updates(Exchange exchange) {
    var query = exchange.query();
    var dress = ChangesRoutes.dress(query.text("feed").orElse("normal"));
    var since = ChangesRoutes.since(exchange, dress).map(updates::read).orElse(0L);
    var limit = Math.max(1, query.number("limit", Long.MAX_VALUE));
    var pulse = ChangesRoutes.pulse(query);
    if (dress.isEmpty() || exchange.method().equals("HEAD")) {
      var events = updates.after(since, limit);
      var text = new StringBuilder("{\"results\":[\n");
      append(text, FeedDress.LONGPOLL, events);
      exchange.json(200, text + tail(FeedDress.LONGPOLL, last(events, since)));
      return;
    }
    var sink = exchange.feed(dress.get().type());
    try {
      serve(sink, dress.get(), since, limit, pulse);
    } catch (IOException e) {
      sink.cut(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      sink.cut(e);
    }
  }

  private static long last(List<DatabaseUpdates.Event> events, long otherwise) {
    return events.isEmpty() ? otherwise : events.getLast().seq();
  }

  private void serve(FeedSink sink, FeedDress dress, long since, long limit, Feed.Pulse pulse)
      throws IOException, InterruptedException {
    send(sink, dress.head());
    var position = since;
    var left = limit;
    var lastRowAt = System.nanoTime();
    while (left > 0 && !updates.closed()) {
      var events = updates.after(position, left);
      if (!events.isEmpty()) {
        var text = new StringBuilder();
        append(text, dress, events);
        send(sink, bytes(text.toString()));
        position = last(events, position);
        left = dress.goesOn() ? left - events.size() : 0;
        lastRowAt = System.nanoTime();
      } else if (pulse.heartbeat().isZero()) {
        var rest = pulse.timeout().toNanos() - (System.nanoTime() - lastRowAt);
        if (rest <= 0 || updates.await(position, rest)) {
          break;
        }
      } else if (updates.await(position, pulse.heartbeat().toNanos())) {
        send(sink, dress.heartbeat());
      }
    }
    sink.end(bytes(tail(dress, position)));
  }

  /** Returns when it has left. */
  private void send(FeedSink sink, ByteBuffer text) throws IOException, InterruptedException {
    var done = new CompletableFuture<@Nullable Throwable>();
    sink.write(text, done::complete);
    Throwable problem;
    try {
      problem = done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException("the client does not read", e);
    }
    if (problem != null) {
      throw new IOException("the client has gone", problem);
    }
  }

  private void append(StringBuilder text, FeedDress dress, List<DatabaseUpdates.Event> events) {
    var first = true;
    for (var event : events) {
      var seq = updates.write(event.seq());
      dress.before(text, first);
      JsonText.quote(text.append("{\"db_name\":"), event.database());
      JsonText.quote(text.append(",\"type\":"), event.type());
      JsonText.quote(text.append(",\"seq\":"), seq).append('}');
      dress.after(text, seq);
      first = false;
    }
  }

  private String tail(FeedDress dress, long position) {
    var last = "\"last_seq\":\"" + updates.write(position) + "\"}\n";
    return switch (dress) {
      case LONGPOLL -> "\n],\n" + last;
      case CONTINUOUS -> "{" + last;
      case EVENT_SOURCE -> "";
    };
  }

  private static ByteBuffer bytes(String text) {
    return StandardCharsets.UTF_8.encode(text);
  }
}
