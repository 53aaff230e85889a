package dev.jiggety.agent.browser;

import dev.jiggety.agent.browser.chromium.SharedChromium;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real Chromium. */
@Tag("needs-chromium")
class ChromiumContractTest {
  private static final Set<BrowserContract.Ability> LACKING =
      Set.of(BrowserContract.Ability.NO_SCRIPTS);

  @TempDir static Path folder;

  private static SharedChromium engine;

  @BeforeAll
  static void start() {
    engine = SharedChromium.start(folder);
  }

  @AfterAll
  static void stop() {
    if (engine != null) {
      engine.close();
    }
  }

  @Nested
  class Navigation extends NavigationContract {
    @Override
    BrowserEngine engine() {
      return engine;
    }

    @Override
    Set<Ability> lacking() {
      return LACKING;
    }
  }

  @Nested
  class Forms extends FormContract {
    @Override
    BrowserEngine engine() {
      return engine;
    }

    @Override
    Set<Ability> lacking() {
      return LACKING;
    }
  }

  @Nested
  class Faults extends FaultContract {
    @Override
    BrowserEngine engine() {
      return engine;
    }

    @Override
    Set<Ability> lacking() {
      return LACKING;
    }
  }

  @Nested
  class Loads extends LoadContract {
    @Override
    BrowserEngine engine() {
      return engine;
    }

    @Override
    Set<Ability> lacking() {
      return LACKING;
    }
  }
}
