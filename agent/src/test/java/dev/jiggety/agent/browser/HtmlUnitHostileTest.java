package dev.jiggety.agent.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.browser.htmlunit.HtmlUnitEngine;
import dev.jiggety.model.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HtmlUnit in this process against hostile pages, but for those that only a kill ends. */
class HtmlUnitHostileTest {
  private static final Duration TIME = Duration.ofSeconds(3);

  private static HostileSite site;

  @TempDir Path folder;

  @BeforeAll
  static void open() throws IOException {
    site = HostileSite.open();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Trap.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"MEMORY_BOMB", "REGEX_BOMB", "NESTING"})
  @Timeout(60)
  void getsOutWithTheRightReason(Trap trap) {
    Failure failure;
    try (Browser browser = browser()) {
      failure = load(browser, trap);
      assertThat(browser.view().html()).doesNotContain("root:");
    }
    if (failure == null) {
      assertThat(trap.mayLoad()).as("%s must not load", trap).isTrue();
    } else {
      assertThat(failure.kind()).as(failure.text()).isIn(trap.reasons());
    }
    try (Browser next = browser()) {
      next.load(site.harmless(), Duration.ZERO);
      assertThat(next.view().title()).isEqualTo("Hostile");
    }
  }

  @Test
  void tenThousandLinksAreThere() {
    try (Browser browser = browser()) {
      browser.load(site.url(Trap.LINKS), Duration.ZERO);
      assertThat(browser.view().links()).hasSize(10_000);
      assertThat(browser.view().links().getLast().text()).isEqualTo("link number 9999");
    }
  }

  private Browser browser() {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    return new HtmlUnitEngine()
        .open(new BrowserOptions(HostileSite.connection(), true, 1280, 800, deadline, folder));
  }

  private static @Nullable Failure load(Browser browser, Trap trap) {
    browser.timeout(TIME);
    try {
      browser.load(site.url(trap), Duration.ofMillis(200));
      return null;
    } catch (BrowserException e) {
      return e.failure();
    }
  }
}
