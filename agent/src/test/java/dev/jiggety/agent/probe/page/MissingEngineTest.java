package dev.jiggety.agent.probe.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.browser.Browser;
import dev.jiggety.agent.browser.BrowserEngine;
import dev.jiggety.agent.browser.BrowserOptions;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Engine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A node says before a test is in force that it has no browser for it. */
class MissingEngineTest {
  @Test
  void aNodeWithoutChromiumSaysSo() {
    assertThat(probe(() -> List.of(chromium(Optional.of("install chromium-driver")))))
        .singleElement()
        .satisfies(it -> assertThat(it).contains("page.engine", "install chromium-driver"));
    assertThat(probe(List::of)).singleElement().asString().contains("no engine chromium");
  }

  @Test
  void aNodeThatHasItLacksNothing() {
    assertThat(probe(() -> List.of(chromium(Optional.empty())))).isEmpty();
  }

  @Test
  void whoWantsHtmlUnitLoadsNoOther() {
    Supplier<List<BrowserEngine>> heavy =
        () -> {
          throw new AssertionError("loaded");
        };
    PageProbe probe = new PageProbe(heavy, InstantSource.system(), System::nanoTime);
    assertThat(probe.problems(Check.Page.of("http://shop.example/"))).isEmpty();
  }

  private static List<String> probe(Supplier<List<BrowserEngine>> engines) {
    PageProbe probe = new PageProbe(engines, InstantSource.system(), System::nanoTime);
    Check check =
        new Check.Page(
            "http://shop.example/", Engine.CHROMIUM, 800, 600, Duration.ZERO, Connection.DEFAULT);
    return probe.problems(check).stream().map(Object::toString).toList();
  }

  private static BrowserEngine chromium(Optional<String> missing) {
    return new BrowserEngine() {
      @Override
      public Engine engine() {
        return Engine.CHROMIUM;
      }

      @Override
      public Optional<String> missing() {
        return missing;
      }

      @Override
      public Browser open(BrowserOptions options) {
        throw new UnsupportedOperationException("nobody measures");
      }
    };
  }
}
