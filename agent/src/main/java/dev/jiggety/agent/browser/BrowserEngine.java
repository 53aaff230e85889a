package dev.jiggety.agent.browser;

import dev.jiggety.model.Engine;
import java.util.Optional;

/** An engine that can play a browser. Found by {@link java.util.ServiceLoader}. */
public interface BrowserEngine {

  /** Which one. */
  Engine engine();

  /** Why it cannot be used on this node, for people, with the remedy; empty when it can. */
  Optional<String> missing();

  /**
   * Opens a browser with nothing in it: no cookies, no cache, no history.
   *
   * @throws BrowserException of kind internal when it does not start
   */
  Browser open(BrowserOptions options);
}
