package dev.jiggety.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NpmCouchTest {
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void closeClient() {
    http.shutdownNow();
  }

  @Test
  void answersAndStoresADocument() throws Exception {
    try (var couch = NpmCouch.start()) {
      assertThat(send(request(couch, "", "GET", "")).body()).contains("\"Welcome!\"");
      assertThat(send(request(couch, "shop", "PUT", "")).statusCode()).isEqualTo(201);
      assertThat(send(request(couch, "shop/a", "PUT", "{\"n\":1}")).statusCode()).isEqualTo(201);
      assertThat(send(request(couch, "shop/a", "GET", "")).body()).contains("\"n\":1");
    }
  }

  @Test
  void comesBackEmptyOnTheSamePort() throws Exception {
    try (var couch = NpmCouch.start()) {
      var url = couch.url();
      send(request(couch, "shop", "PUT", ""));
      couch.kill();
      assertThatThrownBy(() -> send(request(couch, "shop", "GET", "")))
          .isInstanceOf(IOException.class);
      couch.restart();
      assertThat(couch.url()).isEqualTo(url);
      assertThat(send(request(couch, "shop", "GET", "")).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void knowsItsAdministrator() throws Exception {
    try (var couch = NpmCouch.start("ada", "secret")) {
      var session = request(couch, "_session", "GET", "");
      assertThat(send(session).body()).contains("\"roles\":[]");
      var basic = Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8));
      assertThat(send(session.header("Authorization", "Basic " + basic)).body())
          .contains("\"roles\":[\"_admin\"]");
    }
  }

  private static HttpRequest.Builder request(
      NpmCouch couch, String path, String method, String body) {
    return HttpRequest.newBuilder(couch.url().resolve(path))
        .method(method, BodyPublishers.ofString(body))
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
