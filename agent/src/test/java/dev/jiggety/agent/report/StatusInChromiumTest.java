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

  @Test
  void whatTheSituationIsCanBeReadWithoutScripts() {
    viewer.show(page("index.html"), 1280, 800, "light");

    assertThat(viewer.driver.findElement(By.cssSelector(".banner h2")).getText())
        .isEqualTo("Checkout is down");
    List<WebElement> bars = viewer.driver.findElements(By.cssSelector("svg.bars"));
    assertThat(bars).hasSize(6);
    for (WebElement bar : bars) {
      assertThat(bar.getAriaRole()).isEqualTo("image");
      assertThat(bar.getAccessibleName()).startsWith("90 days: available");
      assertThat(bar.getSize().getWidth()).isGreaterThan(500);
      assertThat(bar.getSize().getHeight()).isGreaterThan(20);
    }
  }

  @Test
  void aColourIsTheStateAndTheShapeSaysItToo() {
    viewer.show(page("index.html"), 1280, 800, "light");

    assertThat(fill("#checkout rect.up")).isEqualTo("rgb(35, 146, 92)");
    assertThat(fill("#checkout rect.down")).isEqualTo("rgb(208, 56, 56)");
    assertThat(count("#checkout g:has(rect.down) rect.notch")).isEqualTo(4);
    assertThat(count("#home-page g:has(rect.degraded) rect.notch")).isEqualTo(1);
    viewer.show(page("index.html"), 1280, 800, "dark");
    assertThat(fill("#checkout rect.up")).isEqualTo("rgb(53, 181, 119)");
    assertThat(viewer.ask("return getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(16, 21, 28)");
  }

  @Test
  void theKeyboardGoesThroughThePageInTheOrderOfReading() {
    viewer.show(page("index.html"), 1280, 800, "light");
    List<String> stops = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      viewer.driver.switchTo().activeElement().sendKeys(Keys.TAB);
      stops.add(viewer.driver.switchTo().activeElement().getText().replaceAll("\\s*\n\\s*", ""));
    }

    assertThat(stops.subList(0, 12))
        .containsExactly(
            "Skip to the content",
            "Status",
            "Incidents",
            "Atom",
            "RSS",
            "JSON",
            "Shop",
            "Days in words: Checkout",
            "Days in words: Home page",
            "Days in words: Search",
            "APIs",
            "Days in words: Orders API");
    assertThat(stops.get(14)).isEqualTo("All incidents of 90 days");
  }

  @Test
  void theDaysInWordsOpenByTheKeyboard() {
    viewer.show(page("index.html"), 360, 800, "light");
    WebElement days = viewer.driver.findElement(By.cssSelector("#orders-api details"));
    assertThat(days.findElement(By.tagName("ul")).isDisplayed()).isFalse();
    days.findElement(By.tagName("summary")).sendKeys(Keys.ENTER);

    assertThat(days.findElement(By.tagName("ul")).isDisplayed()).isTrue();
    assertThat(days.getText()).contains("2026-09-30", "down 20 min");
    assertThat(((Number) viewer.ask("return document.documentElement.scrollWidth")).intValue())
        .isLessThanOrEqualTo(360);
  }

  private static URI page(String name) {
    return server.url().resolve(name);
  }

  private static List<?> lowContrast() {
    return (List<?>) viewer.ask(Templates.resource("contrast.js"));
  }

  private static String fill(String selector) {
    return (String)
        viewer.ask("return getComputedStyle(document.querySelector('" + selector + "')).fill");
  }

  private static int count(String selector) {
    return viewer.driver.findElements(By.cssSelector(selector)).size();
  }
}
