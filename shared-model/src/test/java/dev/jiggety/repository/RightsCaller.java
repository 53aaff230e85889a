package dev.jiggety.repository;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Somebody who speaks plain HTTP to a hub, whatever our own client would let pass. */
record RightsCaller(HttpClient http, URI hub, String name, String password) {

  /** An answer. */
  record Answer(int status, String body) {
    boolean isGood() {
      return status < 400;
    }

    /** Of a bulk request: whether all rows were taken. */
    boolean isTaken() {
      return isGood() && !body.contains("\"error\"");
    }

    JsonObject json() {
      return JsonParser.parseString(body).getAsJsonObject();
    }
  }

  Answer get(String path) {
    return send("GET", path, "");
  }

  Answer send(String method, String path, Object body) {
    return send(method, path, body, "application/json");
  }

  Answer send(String method, String path, Object body, String type) {
    String text = body.toString();
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(hub + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", type)
            .header("Accept", "application/json")
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair))
            .method(
                method, text.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(text))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
