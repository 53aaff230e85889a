package dev.jiggety.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusSiteTest {
  @TempDir Path folder;

  @Test
  void filesGoWhereAWebServerLooksAndThoseOfGoneGroupsGo() throws IOException {
    Path site = folder.resolve("site");
    SiteFolder target = new SiteFolder(site);
    target.publish(Samples.shop().files());
    Files.writeString(site.resolve("robots.txt"), "mine");
    Files.writeString(site.resolve("group-mine.html"), "mine");
    Samples smaller = Samples.shop();
    smaller.tests.removeIf(test -> test.id().startsWith("api"));
    target.publish(smaller.files());

    assertThat(site.resolve("group-apis.html")).doesNotExist();
    assertThat(site.resolve("group-shop.html")).exists();
    assertThat(site.resolve("robots.txt")).hasContent("mine");
    assertThat(site.resolve("group-mine.html")).as("not of ours").hasContent("mine");
    assertThat(Files.getPosixFilePermissions(site.resolve("index.html")))
        .as("a web server may read it")
        .contains(java.nio.file.attribute.PosixFilePermission.OTHERS_READ);
    try (var all = Files.list(site)) {
      assertThat(all.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".part"));
    }
  }

  @Test
  void aListThatSomebodyEditedDeletesNothingElse() throws IOException {
    Path site = Files.createDirectory(folder.resolve("site"));
    Path precious = Files.writeString(folder.resolve("precious.html"), "mine");
    Files.writeString(site.resolve(".jiggety-status-page"), "../precious.html\n/etc/passwd\n");
    new SiteFolder(site).publish(Samples.shop().files());

    assertThat(precious).exists();
  }

  @Test
  void whileTheHubIsAwayThePageSaysSinceWhen() {
    Samples shop = Samples.shop();
    AtomicReference<Instant> now = new AtomicReference<>(Samples.NOW);
    AtomicReference<List<SiteFile>> shown = new AtomicReference<>(List.of());
    StatusSite site =
        new StatusSite(
            shop::inventory, shop.reader(Samples.GROUPS), Samples.OPTIONS, shown::set, now::get);
    site.makeOrAge();
    assertThat(index(shown.get())).doesNotContain("out of date:");

    shop.away = true;
    now.set(Samples.NOW.plus(Duration.ofMinutes(20)));
    site.makeOrAge();
    assertThat(index(shown.get()))
        .contains("This page is out of date: since 2026-10-21 14:05 UTC")
        .contains("Checkout is down");

    shop.away = false;
    site.makeOrAge();
    assertThat(index(shown.get())).doesNotContain("out of date:").contains("14:25 UTC");
  }

  @Test
  void daysThatAreOverAreReadOnceAnHour() {
    Samples shop = Samples.shop();
    PublicReader reader = shop.reader(Samples.GROUPS);
    reader.read(shop.inventory(), Samples.NOW);
    int first = shop.asked();
    reader.read(shop.inventory(), Samples.NOW.plusSeconds(60));
    int second = shop.asked() - first;
    reader.read(shop.inventory(), Samples.NOW.plusSeconds(7200));
    int later = shop.asked() - first - second;

    assertThat(second).as("the last days and the last minutes").isEqualTo(2);
    assertThat(later).isEqualTo(first);
  }

  @Test
  void theServerHandsOutThePageAndNothingElse() throws Exception {
    try (StatusServer server = StatusServer.start("127.0.0.1", 0);
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(send(http, server, "GET", "").statusCode()).as("nothing made yet").isEqualTo(503);
      server.show(Samples.shop().files());

      HttpResponse<String> index = send(http, server, "GET", "");
      assertThat(index.statusCode()).isEqualTo(200);
      assertThat(index.body()).contains("Checkout is down");
      assertThat(index.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "frame-ancestors 'none'");
      assertThat(index.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(index.headers().firstValue("Server")).isEmpty();
      assertThat(send(http, server, "HEAD", "atom.xml").statusCode()).isEqualTo(200);
      assertThat(send(http, server, "HEAD", "atom.xml").body()).isEmpty();
      for (String path :
          List.of(
              "_all_dbs",
              "jiggety-config/_all_docs",
              "_session",
              "..%2f..%2fetc/passwd",
              ".jiggety-status-page",
              "index.html/",
              "?x=1/../")) {
        HttpResponse<String> answer = send(http, server, "GET", path);
        assertThat(answer.statusCode()).as(path).isIn(200, 400, 404);
        assertThat(answer.statusCode() == 200).as(path).isEqualTo(path.startsWith("?"));
        assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
      }
      for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH")) {
        assertThat(send(http, server, method, "").statusCode()).as(method).isEqualTo(405);
      }
    }
  }

  private static HttpResponse<String> send(
      HttpClient http, StatusServer server, String method, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String index(List<SiteFile> files) {
    return new String(files.getLast().content(), StandardCharsets.UTF_8);
  }
}
