package dev.jiggety.agent.browser;

import dev.jiggety.agent.browser.htmlunit.HtmlUnitEngine;
import java.util.Set;

/** The contract, kept by HtmlUnit. */
class HtmlUnitBrowserTest extends EngineContract {
  private static final BrowserEngine ENGINE = new HtmlUnitEngine();

  @Override
  BrowserEngine tested() {
    return ENGINE;
  }

  @Override
  Set<BrowserContract.Ability> unable() {
    return Set.of(BrowserContract.Ability.PICTURE);
  }
}
