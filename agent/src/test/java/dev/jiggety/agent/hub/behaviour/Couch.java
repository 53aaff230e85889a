package dev.jiggety.agent.hub.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server and a database of its own for one behaviour. Paths with a slash at their beginning are
 * the server's, others the database's. For one thread.
 */
final class Couch {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient http;
  private final URI server;
  private final String database;
  private final List<String> standing;

  Couch(HttpClient http, URI server, String database, List<String> standing) {
    this.http = http;
    this.server = server;
    this.database = database;
    this.standing = standing;
  }

  /** The name of the database. */
  String database() {
    return database;
  }

  /** The same as somebody else. */
  Couch as(String user, String password) {
    return new Couch(http, server, database, List.of("Authorization", basic(user, password)));
  }

  /** The same as nobody. */
  Couch asNobody() {
    return new Couch(http, server, database, List.of());
  }

  static String basic(String user, String password) {
    var text = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(text);
  }

  Reply get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  Reply head(String path, String... headers) {
    return send("HEAD", path, "", headers);
  }

  Reply put(String path, String body, String... headers) {
    return send("PUT", path, body, headers);
  }

  Reply post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  Reply delete(String path, String... headers) {
    return send("DELETE", path, "", headers);
  }

  /**
   * Sends a request. JSON goes in and is asked for, unless the headers say otherwise.
   *
   * @param headers names and values in turn
   */
  Reply send(String method, String path, String body, String... headers) {
    var url = server + (path.startsWith("/") ? path.substring(1) : below(path));
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    var given = new ArrayList<>(standing);
    given.addAll(List.of(headers));
    setUnlessGiven(request, given, "Accept", "application/json");
    if (!body.isEmpty() || method.equals("POST")) {
      setUnlessGiven(request, given, "Content-Type", "application/json");
    }
    for (var i = 0; i < given.size(); i += 2) {
      request.header(given.get(i), given.get(i + 1));
    }
    // The request's own timeout ends with the headers, and a feed may never end.
    var answer = http.sendAsync(request.build(), BodyHandlers.ofString());
    try {
      return new Reply(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      answer.cancel(true);
      throw new IllegalStateException(method + " " + path + " has no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String below(String path) {
    return path.isEmpty() || path.startsWith("?") ? database + path : database + "/" + path;
  }

  private static void setUnlessGiven(
      HttpRequest.Builder request, List<String> given, String name, String value) {
    if (!given.contains(name)) {
      request.header(name, value);
    }
  }

  /** Stores a document and gives its revision. */
  String store(String path, String body) {
    return put(path, body).is(201).rev();
  }

  /** Stores a document with the revision that it names. */
  void replicate(String document) {
    post("_bulk_docs", "{\"new_edits\":false,\"docs\":[" + document + "]}").is(201);
  }

  /** An answer. What does not hold is an AssertionError. */
  record Reply(HttpResponse<String> response) {

    /** Has this status. */
    Reply is(int status) {
      assertThat(response.statusCode()).as(describe()).isEqualTo(status);
      return this;
    }

    /** Is this error. */
    Reply error(int status, String error) {
      is(status);
      assertThat(at("error").getAsString()).as(describe()).isEqualTo(error);
      assertThat(at("reason").getAsString()).as(describe()).isNotBlank();
      return this;
    }

    /** Is this error for this reason. */
    Reply error(int status, String error, String reason) {
      error(status, error);
      assertThat(at("reason").getAsString()).as(describe()).isEqualTo(reason);
      return this;
    }

    /** Has this JSON at a path of names and positions with dots between them. */
    Reply has(String path, String json) {
      assertThat(at(path)).as(describe()).isEqualTo(JsonParser.parseString(json));
      return this;
    }

    /** Has nothing there. */
    Reply lacks(String member) {
      assertThat(json().getAsJsonObject().has(member)).as(describe()).isFalse();
      return this;
    }

    /** Has an array of so many there. */
    Reply count(String path, int size) {
      assertThat(at(path).getAsJsonArray()).as(describe()).hasSize(size);
      return this;
    }

    /** Has a text there that matches. */
    Reply matches(String path, String pattern) {
      assertThat(at(path).getAsString()).as(describe()).matches(pattern);
      return this;
    }

    /** Has a header of this value. */
    Reply header(String name, String value) {
      assertThat(response.headers().firstValue(name)).as(describe() + name).contains(value);
      return this;
    }

    /** Has a header that matches. */
    Reply headerLike(String name, String pattern) {
      assertThat(response.headers().firstValue(name).orElse("absent"))
          .as(describe() + name)
          .matches(pattern);
      return this;
    }

    /** Does not have the header. */
    Reply withoutHeader(String name) {
      assertThat(response.headers().firstValue(name)).as(describe() + name).isEmpty();
      return this;
    }

    /** Has this somewhere in its body. */
    Reply contains(String text) {
      assertThat(response.body()).contains(text);
      return this;
    }

    /** Has this body. */
    Reply body(String body) {
      assertThat(response.body()).as(describe()).isEqualTo(body);
      return this;
    }

    /** The revision in it. */
    String rev() {
      return at(json() instanceof JsonObject object && object.has("_rev") ? "_rev" : "rev")
          .getAsString();
    }

    /** The text there. */
    String text(String path) {
      return at(path).getAsString();
    }

    JsonElement json() {
      return JsonParser.parseString(response.body());
    }

    private JsonElement at(String path) {
      var at = json();
      for (var step : path.split("\\.", -1)) {
        if (step.isEmpty()) {
          continue;
        }
        var next =
            at instanceof JsonArray array
                ? array.get(Integer.parseInt(step))
                : at.getAsJsonObject().get(step);
        assertThat(next).as(describe() + path).isNotNull();
        at = java.util.Objects.requireNonNull(next);
      }
      return at;
    }

    private String describe() {
      var request = response.request();
      return request.method()
          + " "
          + request.uri()
          + " -> "
          + response.statusCode()
          + " "
          + response.body()
          + " ";
    }
  }
}
