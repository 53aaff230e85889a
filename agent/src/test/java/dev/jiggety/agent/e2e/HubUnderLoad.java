package dev.jiggety.agent.e2e;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that write to one database of a hub as fast as they can: batches, edits of the same
 * document again and again, attachments. They remember what the hub has confirmed.
 */
final class HubUnderLoad implements AutoCloseable {
  static final String DATABASE = "load";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The latest revision that was confirmed, by document. */
  private final Map<String, String> confirmed = new ConcurrentHashMap<>();

  /** The text of each attachment that was confirmed, by document. */
  private final Map<String, String> attached = new ConcurrentHashMap<>();

  private final AtomicLong next = new AtomicLong();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Thread> writers = new ArrayList<>();
  private volatile boolean running;

  record Answer(int status, String body) {
    JsonObject json() {
      return parse(body);
    }
  }

  static JsonObject parse(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  Answer ask(String url, String method, String path, String type, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(url + "/" + DATABASE + path))
                .header("Content-Type", type)
                .timeout(PATIENCE)
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }

  Answer get(String url, String path) {
    return must(url, "GET", path, "");
  }

  Answer must(String url, String method, String path, String body) {
    try {
      return ask(url, method, path, "application/json", body);
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Map<String, String> confirmed() {
    return Map.copyOf(confirmed);
  }

  Map<String, String> attached() {
    return Map.copyOf(attached);
  }

  /** Begins; {@link #stop} or the death of the hub ends it. */
  void start(String url) {
    running = true;
    writers.clear();
    for (int i = 0; i < 2; i++) {
      int number = i;
      writers.add(Thread.ofVirtual().start(() -> repeat(() -> batch(url))));
      writers.add(Thread.ofVirtual().start(() -> repeat(() -> edit(url, "edited-" + number))));
    }
    writers.add(Thread.ofVirtual().start(() -> repeat(() -> attach(url))));
  }

  void stop() throws InterruptedException {
    running = false;
    for (Thread writer : writers) {
      writer.join();
    }
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private void repeat(Step step) {
    while (running) {
      try {
        step.run();
      } catch (IOException e) {
        return; // the hub is dead: what was not confirmed may be there or not
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void batch(String url) throws IOException, InterruptedException {
    JsonArray docs = new JsonArray();
    for (int i = 0; i < 20; i++) {
      JsonObject doc = new JsonObject();
      long n = next.incrementAndGet();
      doc.addProperty("_id", "doc-" + n);
      doc.addProperty("text", "x".repeat((int) (n % 2_000)));
      docs.add(doc);
    }
    JsonObject body = new JsonObject();
    body.add("docs", docs);
    Answer answer = ask(url, "POST", "/_bulk_docs", "application/json", body.toString());
    if (answer.status == 201) {
      for (JsonElement row : JsonParser.parseString(answer.body).getAsJsonArray()) {
        confirm(row.getAsJsonObject());
      }
    }
  }

  private void confirm(JsonObject row) {
    if (row.has("rev")) {
      confirmed.put(row.get("id").getAsString(), row.get("rev").getAsString());
    }
  }

  private void edit(String url, String id) throws IOException, InterruptedException {
    Answer before = ask(url, "GET", "/" + id, "application/json", "");
    JsonObject doc = before.status == 200 ? before.json() : new JsonObject();
    doc.addProperty("n", next.incrementAndGet());
    Answer answer = ask(url, "PUT", "/" + id, "application/json", doc.toString());
    if (answer.status == 201) {
      confirm(answer.json());
    }
  }

  private void attach(String url) throws IOException, InterruptedException {
    String id = "attached-" + next.incrementAndGet();
    String text = (id + " ").repeat(4_000);
    Answer answer = ask(url, "PUT", "/" + id + "/file.txt", "text/plain", text);
    if (answer.status == 201) {
      confirm(answer.json());
      attached.put(id, text);
    }
  }

  @Override
  public void close() {
    running = false;
    http.shutdownNow(); // whoever waits for an answer has it now, and ends
  }
}
