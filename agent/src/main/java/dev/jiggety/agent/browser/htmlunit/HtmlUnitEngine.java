package dev.jiggety.agent.browser.htmlunit;

import dev.jiggety.agent.browser.Browser;
import dev.jiggety.agent.browser.BrowserEngine;
import dev.jiggety.agent.browser.BrowserOptions;
import dev.jiggety.agent.exchange.HopClient;
import dev.jiggety.model.Engine;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** HtmlUnit, which is part of the agent and so never missing. Safe for any thread. */
public final class HtmlUnitEngine implements BrowserEngine {
  /** Held, since a logger that nobody holds forgets its level. */
  private static final Logger PAGES = Logger.getLogger("org.htmlunit");

  static {
    // What it says is about the pages of others and has its place in the sample.
    PAGES.setLevel(Level.OFF);
  }

  private @Nullable HopClient client;

  @Override
  public Engine engine() {
    return Engine.HTMLUNIT;
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public Browser open(BrowserOptions options) {
    return new HtmlUnitBrowser(client(), options);
  }

  private synchronized HopClient client() {
    HopClient made = client == null ? HopClient.system() : client;
    client = made;
    return made;
  }
}
