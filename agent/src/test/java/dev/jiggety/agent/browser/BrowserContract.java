package dev.jiggety.agent.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every engine keeps. Its parts are {@link NavigationContract}, {@link FormContract}, {@link
 * FaultContract} and {@link LoadContract}, put together by {@link EngineContract}.
 */
abstract class BrowserContract {
  /** What some engines cannot do; a test asserts then that they say so. */
  enum Ability {
    /** Pictures of the page. */
    PICTURE,
    /** Phases of exchanges. */
    PHASES,
    /** Headers of the answer. */
    HEADERS,
    /** Days of the certificate. */
    CERTIFICATE,
    /** Passwords for one realm alone. */
    REALM,
    /** Pages without their scripts. */
    NO_SCRIPTS
  }

  @TempDir Path folder;

  private ContractSite site;
  private final List<AutoCloseable> opened = new ArrayList<>();

  /** The engine. */
  abstract BrowserEngine engine();

  /** What it cannot do. */
  abstract Set<Ability> lacking();

  @BeforeEach
  void openSite() throws IOException {
    site = ContractSite.open();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    site.close();
  }

  final boolean can(Ability ability) {
    return !lacking().contains(ability);
  }

  final ContractSite site() {
    return site;
  }

  final String at(String path) {
    return site.url(path);
  }

  /** Closed at the end of the test. */
  final <T extends AutoCloseable> T closing(T each) {
    opened.add(each);
    return each;
  }

  /** A browser that runs no scripts where it can do without, with half a minute. */
  final Browser browser() {
    return browser(Connection.DEFAULT, false, Duration.ofSeconds(30));
  }

  /** A browser that runs scripts. */
  final Browser scripting() {
    return browser(Connection.DEFAULT, true, Duration.ofSeconds(30));
  }

  final Browser browser(Connection connection, boolean javascript, Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    return closing(
        engine().open(new BrowserOptions(connection, javascript, 1280, 800, deadline, folder)));
  }

  /** The way to a site whose certificates the authority of the tests has signed. */
  static Connection trusting() {
    Connection plain = Connection.DEFAULT;
    return new Connection(
        plain.version(),
        plain.family(),
        null,
        null,
        null,
        TestCertificates.authority(),
        null,
        null);
  }

  static Failure failureOf(Runnable act) {
    BrowserException thrown = catchThrowableOfType(BrowserException.class, act::run);
    assertThat(thrown).as("it must not succeed").isNotNull();
    return thrown.failure();
  }

  static View.Field field(View.Form form, String name) {
    return form.fields().stream().filter(f -> name.equals(f.name())).findFirst().orElseThrow();
  }

  static String header(View view, String name) {
    return view.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Check.Header::value)
        .findFirst()
        .orElse("");
  }

  /** What the server was sent, on its page {@code /echo}. */
  static String echoed(Browser browser) {
    return browser.css("#request").getFirst();
  }
}
