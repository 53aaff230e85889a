package dev.jiggety.agent.browser.chromium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jiggety.agent.browser.Browser;
import dev.jiggety.agent.browser.BrowserException;
import dev.jiggety.agent.browser.BrowserOptions;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Connection.Family;
import dev.jiggety.model.Connection.Version;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages try with a Chromium, and what only Chromium can do. */
@Tag("needs-chromium")
class GreedyPagesTest {
  @TempDir static Path folder;

  private static GreedySite site;
  private static SharedChromium engine;

  @BeforeAll
  static void start() throws IOException {
    site = new GreedySite();
    engine = SharedChromium.start(folder);
  }

  @AfterAll
  static void stop() {
    if (engine != null) {
      engine.close();
    }
    site.close();
  }

  @Test
  void anEndlessScriptTakesTheTimeOfThePageAndNoMore() {
    try (Browser browser = browser(Connection.DEFAULT)) {
      browser.timeout(Duration.ofSeconds(2));
      assertThat(failure(browser, "/loop").kind()).isEqualTo(ErrorKind.TIMEOUT);
      browser.timeout(Duration.ofSeconds(20));
      browser.go(site.at("/calm"));
      assertThat(browser.view().title()).isEqualTo("calm");
    }
  }

  @Test
  void memoryOutsideOfTheScriptsHeapCountsToo() {
    try (Browser browser = browser(Connection.DEFAULT)) {
      assertThat(failure(browser, "/buffers").kind()).isEqualTo(ErrorKind.LIMIT);
    }
  }

  @Test
  void aDownloadIsNoPageAndNoFile() {
    try (Browser browser = browser(Connection.DEFAULT)) {
      Failure failure = failure(browser, "/file");
      assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL);
      assertThat(failure.text()).contains("download");
    }
  }

  @Test
  void framesOfOtherSitesBelongToThePage() {
    try (Browser browser = browser(Connection.DEFAULT)) {
      PageLoad load = browser.load(site.at("/frames"), Duration.ZERO);
      assertThat(load.resources())
          .extracting(PageLoad.Resource::url)
          .contains(
              site.at("/frames"),
              "http://localhost:" + site.port() + "/frame",
              "http://localhost:" + site.port() + "/dot.png");
      assertThat(load.milestones()).containsKey("domContentLoadedEventEnd");
    }
  }

  @Test
  void aPictureIsDrawnAndSmall() throws IOException {
    try (Browser browser = browser(Connection.DEFAULT)) {
      browser.go(site.at("/colours"));
      Picture picture = browser.picture().orElseThrow();
      byte[] bytes = Base64.getDecoder().decode(picture.base64());
      assertThat(picture.mediaType()).isEqualTo("image/jpeg");
      assertThat(bytes.length).isBetween(1000, 300_000);
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
      assertThat(image.getWidth()).isIn(1280, 640);
      assertThat(image.getHeight()).isIn(800, 400);
    }
  }

  @Test
  void goesToTheFixedAddress() {
    try (Browser browser = browser(connection("127.0.0.1", null))) {
      browser.go("http://shop.example:" + site.port() + "/calm");
      assertThat(browser.view().title()).isEqualTo("calm");
      assertThat(site.asked()).contains("shop.example:" + site.port() + "/calm");
    }
  }

  @Test
  void goesByTheProxyAndSaysWhoItIs() {
    String proxy = "http://ada:open@127.0.0.1:" + site.port();
    try (Browser browser = browser(connection(null, proxy))) {
      browser.go("http://far.example/locked");
      assertThat(browser.view().html()).contains("through the gate");
      assertThat(site.asked()).contains("far.example/locked", "far.example/locked +");
    }
  }

  private static Connection connection(@Nullable String address, @Nullable String proxy) {
    return new Connection(Version.AUTO, Family.ANY, address, null, proxy, null, null, null);
  }

  private static Browser browser(Connection connection) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    return engine.open(new BrowserOptions(connection, true, 1280, 800, deadline, folder));
  }

  private static Failure failure(Browser browser, String path) {
    BrowserException thrown =
        catchThrowableOfType(BrowserException.class, () -> browser.go(site.at(path)));
    assertThat(thrown).as("it must not succeed").isNotNull();
    return thrown.failure();
  }
}
