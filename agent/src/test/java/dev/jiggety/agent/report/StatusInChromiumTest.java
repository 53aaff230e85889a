package dev.jiggety.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The status page as visitors see it: a real browser with scripts switched off. */
@Tag("needs-chromium")
class StatusInChromiumTest {
  private static final Path PICTURES = Path.of("target", "status-page");

  @TempDir static Path profile;

  private static StatusServer server;
  private static Viewer viewer;

  @BeforeAll
  static void start() throws IOException {
    server = StatusServer.start("127.0.0.1", 0);
    List<SiteFile> files = new ArrayList<>(Samples.shop().files());
    files.add(
        new SiteFile(
            "report.html",
            SiteFile.HTML,
            SlaFiles.html(Samples.shop().report(), "Availability in October 2026")
                .getBytes(StandardCharsets.UTF_8)));
    server.show(files);
    viewer = new Viewer(profile);
  }

  @AfterAll
  static void stop() {
    if (viewer != null) {
      viewer.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "index.html,desktop,1280,light",
    "index.html,desktop,1280,dark",
    "index.html,phone,360,light",
    "index.html,phone,360,dark",
    "incidents.html,phone,360,light",
    "group-shop.html,desktop,1280,light",
    "group-shop.html,phone,320,dark",
    "report.html,desktop,1280,light",
    "report.html,phone,360,dark"
  })
  void aPageFitsItsScreenAndNothingIsWrongWithIt(
      String page, String screen, int width, String scheme) throws IOException {
    viewer.show(page(page), width, 800, scheme);
    viewer.picture(PICTURES.resolve(page.replace(".html", "-" + screen + "-" + scheme + ".png")));

    assertThat(((Number) viewer.ask("return document.documentElement.scrollWidth")).intValue())
        .as("no scrolling sideways")
        .isLessThanOrEqualTo(width);
    assertThat(viewer.complaints()).as("what the browser complains about").isEmpty();
    assertThat(lowContrast()).as("texts that are hard to read").isEmpty();
  }

  private static URI page(String name) {
    return server.url().resolve(name);
  }

  private static List<?> lowContrast() {
    return (List<?>) viewer.ask(Templates.resource("contrast.js"));
  }
}
