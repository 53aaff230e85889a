package dev.jiggety.agent.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.browser.chromium.SharedChromium;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real Chromium against hostile pages that try its limits. HtmlUnit meets all of them, in this
 * process and in workers.
 */
@Tag("needs-chromium")
class ChromiumHostileTest {
  /** For pages that nothing else ends, and for the others. */
  private static final Duration SHORT = Duration.ofSeconds(3);

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir static Path folder;

  private static HostileSite site;
  private static SharedChromium engine;

  @BeforeAll
  static void open() throws IOException {
    site = HostileSite.open();
    engine = SharedChromium.start(folder, HostileSite.connection());
  }

  @AfterAll
  static void close() {
    if (engine != null) {
      engine.close();
    }
    site.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Trap.class,
      names = {
        "ENDLESS_CATCHING",
        "MEMORY_BOMB",
        "REDIRECT_CHAIN",
        "LOCATION_LOOP",
        "ALERTS",
        "POPUPS",
        "LOCAL_FILES",
        "CUT_SHORT"
      })
  @Timeout(120)
  void getsOutWithTheRightReason(Trap trap) {
    Failure failure;
    try (Browser browser = browser(trap.reasons().contains(ErrorKind.TIMEOUT) ? SHORT : LONG)) {
      failure = load(browser, trap);
    }
    if (failure == null) {
      assertThat(trap.mayLoad()).as("%s must not load", trap).isTrue();
    } else {
      assertThat(failure.kind()).as(failure.text()).isIn(trap.reasons());
    }
  }

  private static Browser browser(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    return engine.open(
        new BrowserOptions(HostileSite.connection(), true, 1280, 800, deadline, folder));
  }

  private static @Nullable Failure load(Browser browser, Trap trap) {
    try {
      browser.load(site.url(trap), Duration.ofMillis(200));
      return null;
    } catch (BrowserException e) {
      return e.failure();
    }
  }
}
