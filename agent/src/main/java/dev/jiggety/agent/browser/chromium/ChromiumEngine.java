package dev.jiggety.agent.browser.chromium;

import dev.jiggety.agent.browser.Browser;
import dev.jiggety.agent.browser.BrowserEngine;
import dev.jiggety.agent.browser.BrowserException;
import dev.jiggety.agent.browser.BrowserOptions;
import dev.jiggety.model.Engine;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import java.io.IOException;
import java.util.Optional;
import org.openqa.selenium.WebDriverException;

/**
 * Chromium of the machine, by its chromedriver. Both are looked for on the path, or where the
 * variables JIGGETY_CHROMIUM and JIGGETY_CHROMEDRIVER say; nothing is ever fetched from the
 * network. Each browser is a Chromium of its own, which starts within a second on a quiet machine.
 * May be used by many threads.
 */
public final class ChromiumEngine implements BrowserEngine {
  private final Programs programs;

  /** With the programs of this machine. */
  public ChromiumEngine() {
    this(Programs.find(System.getenv()));
  }

  ChromiumEngine(Programs programs) {
    this.programs = programs;
  }

  @Override
  public Engine engine() {
    return Engine.CHROMIUM;
  }

  @Override
  public Optional<String> missing() {
    return programs.missing();
  }

  @Override
  public Browser open(BrowserOptions options) {
    Chromium chromium = start(options);
    Passwords passwords = passwords(options);
    try {
      return new ChromiumBrowser(chromium.firstPage(passwords), passwords, options, chromium);
    } catch (IOException | WebDriverException e) {
      chromium.close();
      throw internal("Chromium did not start: " + reason(e));
    }
  }

  /** A Chromium that does what the options ask for. */
  Chromium start(BrowserOptions options) {
    missing().ifPresent(why -> fail(why));
    Flags.refusal(options.connection()).ifPresent(why -> fail(why));
    try {
      return Chromium.start(programs, options);
    } catch (IOException | WebDriverException e) {
      throw internal("Chromium did not start: " + reason(e));
    }
  }

  static Passwords passwords(BrowserOptions options) {
    return new Passwords(Optional.ofNullable(options.connection().proxy()).flatMap(Flags::user));
  }

  private static String reason(Exception e) {
    return e instanceof WebDriverException told
        ? Chromium.firstLine(told)
        : String.valueOf(e.getMessage());
  }

  private static void fail(String why) {
    throw internal(why);
  }

  private static BrowserException internal(String why) {
    return new BrowserException(new Failure(ErrorKind.INTERNAL, null, why));
  }
}
