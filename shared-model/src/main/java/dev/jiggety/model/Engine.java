package dev.jiggety.model;

import java.time.Duration;
import java.util.Locale;

/** What plays the browser in tests of kind {@code script} and {@code page}. */
public enum Engine {
  /** HtmlUnit: light, part of the agent; does not know modern JavaScript. */
  HTMLUNIT,
  /** Chromium by WebDriver, on nodes that have one. */
  CHROMIUM;

  /**
   * What it may take to be open: the node's own time, not the page's. One that takes longer is the
   * node's trouble, never the site's.
   */
  public Duration start() {
    return switch (this) {
      case HTMLUNIT -> Duration.ofSeconds(2);
      case CHROMIUM -> Duration.ofSeconds(10);
    };
  }

  /** The name in documents. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
