package dev.jiggety.agent.browser;

import dev.jiggety.agent.browser.chromium.SharedChromium;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real Chromium. */
@Tag("needs-chromium")
class ChromiumContractTest extends EngineContract {
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

  @Override
  BrowserEngine tested() {
    return engine;
  }

  @Override
  Set<BrowserContract.Ability> unable() {
    return Set.of(BrowserContract.Ability.NO_SCRIPTS);
  }
}
