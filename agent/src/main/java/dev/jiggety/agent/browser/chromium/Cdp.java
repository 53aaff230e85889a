package dev.jiggety.agent.browser.chromium;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A client of the Chrome DevTools Protocol: commands with answers, and events in the order in which
 * they come. Only commands and events that have been there for years are used, and what is missing
 * in one is taken for absent, so it is bound to no version of Chromium. Safe for all threads.
 */
final class Cdp implements AutoCloseable {
  /** Gets events, one at a time. Must not wait for an answer. */
  interface Listener {
    /**
     * An event.
     *
     * @param session which target it is of; empty for the browser itself
     */
    void event(String session, String method, JsonObject parameters);
  }

  private final HttpClient client;
  private final Listener listener;
  private final Map<Long, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final CompletableFuture<WebSocket> socket;
  private CompletionStage<WebSocket> sent;

  private Cdp(HttpClient client, URI address, Listener listener) {
    this.client = client;
    this.listener = listener;
    this.socket = client.newWebSocketBuilder().buildAsync(address, new Receiver());
    this.sent = socket;
  }

  /** Connects to a browser. */
  static Cdp connect(URI address, Duration timeout, Listener listener) throws IOException {
    HttpClient client = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    Cdp cdp = new Cdp(client, address, listener);
    try {
      await(cdp.socket, timeout);
      return cdp;
    } catch (IOException e) {
      cdp.close();
      throw e;
    }
  }

  /**
   * Sends a command and waits for its answer.
   *
   * @throws IOException when it is refused, not answered in time, or the browser is gone
   */
  JsonObject call(String session, String method, JsonObject parameters, Duration timeout)
      throws IOException {
    long id = ids.incrementAndGet();
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    try {
      write(id, session, method, parameters);
      return await(answer, timeout);
    } catch (IOException e) {
      throw new IOException(method + ": " + e.getMessage(), e);
    } finally {
      waiting.remove(id);
    }
  }

  /** Sends a command and does not care for its answer. */
  void send(String session, String method, JsonObject parameters) {
    write(ids.incrementAndGet(), session, method, parameters);
  }

  private synchronized void write(long id, String session, String method, JsonObject parameters) {
    JsonObject message = new JsonObject();
    message.addProperty("id", id);
    message.addProperty("method", method);
    message.add("params", parameters);
    if (!session.isEmpty()) {
      message.addProperty("sessionId", session);
    }
    String text = message.toString();
    // A socket takes the next text only when it has sent the one before.
    sent = sent.thenCompose(open -> open.sendText(text, true));
    sent.whenComplete((done, failure) -> {
      if (failure != null) {
        fail("the connection to Chromium is cut");
      }
    });
  }

  private static <T> T await(CompletableFuture<T> future, Duration timeout) throws IOException {
    try {
      return future.get(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer of Chromium in " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(String.valueOf(cause.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void received(String text) {
    JsonObject message = JsonParser.parseString(text).getAsJsonObject();
    if (!message.has("id")) {
      listener.event(
          Json.text(message, "sessionId"),
          Json.text(message, "method"),
          Json.of(message, "params"));
      return;
    }
    CompletableFuture<JsonObject> answer = waiting.get(message.get("id").getAsLong());
    if (answer != null && message.has("error")) {
      answer.completeExceptionally(
          new IOException(Json.text(Json.of(message, "error"), "message")));
    } else if (answer != null) {
      answer.complete(Json.of(message, "result"));
    }
  }

  private void fail(String why) {
    for (CompletableFuture<JsonObject> answer : waiting.values()) {
      answer.completeExceptionally(new IOException(why));
    }
  }

  @Override
  public void close() {
    fail("closed");
    client.shutdownNow();
  }

  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        try {
          received(whole);
        } catch (RuntimeException e) {
          System.getLogger(Cdp.class.getName())
              .log(System.Logger.Level.DEBUG, "A message of Chromium is not understood", e);
        }
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      fail("Chromium is gone");
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      fail("Chromium is gone");
    }
  }
}
