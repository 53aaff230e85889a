package dev.jiggety.agent.browser.chromium;

import com.google.gson.JsonObject;
import dev.jiggety.agent.browser.BrowserOptions;
import dev.jiggety.model.Engine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openqa.selenium.MutableCapabilities;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.remote.HttpCommandExecutor;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.remote.http.HttpClient;

/** A Chromium that runs, with its driver and what speaks with both. */
final class Chromium implements AutoCloseable {
  private static final Duration LONGEST_START = Engine.CHROMIUM.start();

  /** For answers that a healthy Chromium gives within milliseconds. */
  static final Duration PROMPT = Duration.ofSeconds(5);

  private final DriverProcess process;
  private final HttpCommandExecutor executor;
  private final RemoteWebDriver driver;
  private final Cdp cdp;
  private final Guard guard;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();

  private Chromium(
      DriverProcess process,
      HttpCommandExecutor executor,
      RemoteWebDriver driver,
      Path profile,
      long deadline)
      throws IOException {
    this.process = process;
    this.executor = executor;
    this.driver = driver;
    this.cdp = Cdp.connect(devTools(profile), PROMPT, this::event);
    this.guard = Guard.over(process, deadline);
  }

  /**
   * Starts one.
   *
   * @throws IOException when it does not come up, for people
   */
  static Chromium start(Programs programs, BrowserOptions options) throws IOException {
    Path driver = programs.driver().orElseThrow(() -> new IOException(programs.problem()));
    Path browser = programs.chromium().orElseThrow(() -> new IOException(programs.problem()));
    DriverProcess process = DriverProcess.start(driver, options.folder(), left(options));
    try {
      String authority = options.connection().authority();
      if (authority != null) {
        Path certutil =
            programs
                .certutil()
                .orElseThrow(() ->
                    new IOException(
                        "certutil is missing, which connection.authority needs: apt-get"
                            + " install libnss3-tools"));
        Authorities.install(certutil, authority, DriverProcess.home(process.folder()));
      }
      return start(process, browser, options);
    } catch (IOException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static Chromium start(DriverProcess process, Path browser, BrowserOptions options)
      throws IOException {
    Path profile = process.folder().resolve("profile");
    MutableCapabilities wanted = new MutableCapabilities();
    wanted.setCapability("browserName", "chrome");
    wanted.setCapability("unhandledPromptBehavior", "dismiss");
    wanted.setCapability(
        "goog:chromeOptions",
        Map.of(
            "binary", browser.toString(),
            "args", Flags.of(options, profile, root()),
            // Connections made ahead would hide how long a page waits for them.
            "prefs", Map.of("net.network_prediction_options", 2)));
    URI address = URI.create("http://127.0.0.1:" + process.port());
    HttpClient client =
        HttpClient.Factory.createDefault()
            .createClient(
                ClientConfig.defaultConfig()
                    .baseUri(address)
                    .connectionTimeout(PROMPT)
                    .readTimeout(left(options).plusSeconds(8)));
    HttpCommandExecutor executor = new HttpCommandExecutor(client, address.toURL());
    try {
      RemoteWebDriver driver = new RemoteWebDriver(executor, wanted);
      return new Chromium(process, executor, driver, profile, options.deadline());
    } catch (WebDriverException e) {
      executor.close();
      throw new IOException(firstLine(e), e);
    } catch (IOException e) {
      executor.close();
      throw e;
    }
  }

  private static Duration left(BrowserOptions options) {
    Duration left = Duration.ofNanos(Math.max(1, options.deadline() - System.nanoTime()));
    return left.compareTo(LONGEST_START) < 0 ? left : LONGEST_START;
  }

  /** Its sandbox does not start for root. */
  private static boolean root() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
          && uid == 0;
    } catch (IOException | UnsupportedOperationException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  /** Chromium writes where it listens into its profile. */
  private static URI devTools(Path profile) throws IOException {
    List<String> lines = Files.readAllLines(profile.resolve("DevToolsActivePort"));
    return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
  }

  /** Its first page, with the cookies and the cache of all of it. */
  Page firstPage(Passwords passwords) throws IOException {
    return attach(driver.getWindowHandle(), "", passwords);
  }

  /** Another page that shares nothing with the others. */
  Page separatePage(Passwords passwords, int width, int height) throws IOException {
    JsonObject context = cdp.call("", "Target.createBrowserContext", Json.with(), PROMPT);
    String id = Json.text(context, "browserContextId");
    JsonObject target =
        cdp.call(
            "",
            "Target.createTarget",
            Json.with(
                "url", "about:blank", "browserContextId", id, "width", width, "height", height),
            PROMPT);
    String handle = Json.text(target, "targetId");
    driver.switchTo().window(handle);
    return attach(handle, id, passwords);
  }

  private Page attach(String target, String context, Passwords passwords) throws IOException {
    JsonObject attached =
        cdp.call(
            "", "Target.attachToTarget", Json.with("targetId", target, "flatten", true), PROMPT);
    String session = Json.text(attached, "sessionId");
    Page page = new Page(cdp, driver, target, session, context, passwords);
    pages.put(session, page);
    page.listen();
    return page;
  }

  /** Events of a page, and of frames in processes of their own that belong to it. */
  private void event(String session, String method, JsonObject told) {
    Page page = pages.get(session);
    if (page == null) {
      return;
    }
    if (method.equals("Target.attachedToTarget")) {
      String frame = Json.text(told, "sessionId");
      pages.put(frame, page);
      page.listenToFrame(frame);
    } else {
      page.event(session, method, told);
    }
  }

  boolean alive() {
    return process.alive();
  }

  /** The processes that it consists of. */
  List<ProcessHandle> processes() {
    return process.processes();
  }

  /** The first line of what WebDriver says: the rest is about versions and stacks. */
  static String firstLine(WebDriverException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }

  @Override
  public void close() {
    guard.close();
    // Politely first, so that each process is waited for by the one that started it; not for long.
    CountDownLatch quit = new CountDownLatch(1);
    Thread.ofVirtual()
        .name("end of Chromium")
        .start(() -> {
          try {
            driver.quit();
          } catch (WebDriverException e) {
            // It is killed below.
          } finally {
            quit.countDown();
          }
        });
    try {
      quit.await(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cdp.close();
    process.close();
    executor.close();
  }
}
