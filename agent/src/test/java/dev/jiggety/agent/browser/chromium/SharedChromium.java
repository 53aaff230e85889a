package dev.jiggety.agent.browser.chromium;

import dev.jiggety.agent.browser.Browser;
import dev.jiggety.agent.browser.BrowserEngine;
import dev.jiggety.agent.browser.BrowserOptions;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.openqa.selenium.WebDriverException;

/**
 * The engine with one Chromium for many browsers, so that tests do not wait for a start each: every
 * browser is a page that shares nothing with the others. Where a hostile page has taken the
 * Chromium down there is another one for the next. Where another connection is asked for it starts
 * a Chromium as the engine does.
 */
public final class SharedChromium implements BrowserEngine, AutoCloseable {
  private final ChromiumEngine engine = new ChromiumEngine();
  private final Path folder;
  private final Connection connection;
  private Chromium chromium;

  private SharedChromium(Path folder, Connection connection) {
    this.folder = folder;
    this.connection = connection;
    chromium = start();
  }

  private Chromium start() {
    long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    return engine.start(new BrowserOptions(connection, true, 1280, 800, deadline, folder));
  }

  /** Starts it. */
  public static SharedChromium start(Path folder) {
    return start(folder, Connection.DEFAULT);
  }

  /** Starts it for browsers with that connection. */
  public static SharedChromium start(Path folder, Connection connection) {
    return new SharedChromium(folder, connection);
  }

  @Override
  public Engine engine() {
    return engine.engine();
  }

  @Override
  public Optional<String> missing() {
    return engine.missing();
  }

  @Override
  public Browser open(BrowserOptions options) {
    if (!options.connection().equals(connection)) {
      return engine.open(options);
    }
    try {
      return page(options);
    } catch (IOException | WebDriverException e) {
      chromium.close();
      chromium = start();
    }
    try {
      return page(options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Browser page(BrowserOptions options) throws IOException {
    Passwords passwords = ChromiumEngine.passwords(options);
    Page page = chromium.separatePage(passwords, options.width(), options.height());
    return new ChromiumBrowser(page, passwords, options, chromium, page::discard);
  }

  @Override
  public void close() {
    chromium.close();
  }
}
