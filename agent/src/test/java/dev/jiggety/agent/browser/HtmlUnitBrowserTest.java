package dev.jiggety.agent.browser;

import dev.jiggety.agent.browser.htmlunit.HtmlUnitEngine;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The contract, kept by HtmlUnit. */
class HtmlUnitBrowserTest {
  private static final BrowserEngine ENGINE = new HtmlUnitEngine();
  private static final Set<BrowserContract.Ability> LACKING =
      EnumSet.of(BrowserContract.Ability.PICTURE);

  @Nested
  class Navigation extends NavigationContract {
    @Override
    BrowserEngine engine() {
      return ENGINE;
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
      return ENGINE;
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
      return ENGINE;
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
      return ENGINE;
    }

    @Override
    Set<Ability> lacking() {
      return LACKING;
    }
  }
}
