package dev.jiggety.model;

import java.util.Locale;

/** What plays the browser in tests of kind {@code script} and {@code page}. */
public enum Engine {
  /** HtmlUnit: light, part of the agent; does not know modern JavaScript. */
  HTMLUNIT,
  /** Chromium by WebDriver, on nodes that have one. */
  CHROMIUM;

  /** The name in documents. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
