package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.store.Databases;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A hub on a free port with databases in a folder, and a client that speaks plain HTTP to it. */
final class HubFixture implements AutoCloseable {
  final Databases databases;
  final HubServer hub;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  HubFixture(Path folder) {
    this(folder, UnaryOperator.identity());
  }

  HubFixture(Path folder, UnaryOperator<HubConfig> configure) {
    databases = Databases.open(folder, Databases.Options.defaults());
    try {
      hub = HubServer.start(configure.apply(HubConfig.loopback(0, folder)), databases);
    } catch (RuntimeException e) {
      databases.close();
      throw e;
    }
  }

  /** Few rounds, so that a test does not wait for what is slow by design. */
  static HubConfig quickPasswords(HubConfig config) {
    return config.withLimits(HubConfig.Limits.DEFAULT.withPasswordIterations(1_000));
  }

  /** An answer. */
  record Answer(int status, String body, HttpResponse<String> response) {

    JsonObject json() {
      return JsonParser.parseString(body).getAsJsonObject();
    }

    JsonArray array() {
      return JsonParser.parseString(body).getAsJsonArray();
    }

    String text(String... path) {
      JsonElement at = json();
      for (var name : path) {
        at = at.getAsJsonObject().get(name);
      }
      return at.getAsString();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** Status, error and reason in one line. */
    String error() {
      return status + " " + text("error") + ": " + text("reason");
    }
  }

  URI uri(String path) {
    return URI.create(hub.url() + path);
  }

  HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(uri(path))
        .header("Content-Type", "application/json")
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  Answer send(HttpRequest.Builder request) {
    return send(request.build());
  }

  Answer send(HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Answer get(String path) {
    return send(request("GET", path, ""));
  }

  /** What takes no multipart answer must say so, here as with CouchDB. */
  Answer getJson(String path) {
    return send(request("GET", path, "").header("Accept", "application/json"));
  }

  Answer put(String path, String body) {
    return send(request("PUT", path, body));
  }

  Answer post(String path, String body) {
    return send(request("POST", path, body));
  }

  Answer delete(String path) {
    return send(request("DELETE", path, ""));
  }

  HttpClient http() {
    return http;
  }

  @Override
  public void close() {
    http.shutdownNow();
    hub.close();
    databases.close();
  }
}
