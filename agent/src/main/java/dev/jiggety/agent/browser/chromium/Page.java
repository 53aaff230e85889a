package dev.jiggety.agent.browser.chromium;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.openqa.selenium.UnhandledAlertException;
import org.openqa.selenium.remote.RemoteWebDriver;

/** A page of a running Chromium: what is asked of it, and what it tells. */
final class Page {
  private static final String SCRIPT = script();

  private final Cdp cdp;
  private final RemoteWebDriver driver;
  private final String session;
  private final String context;
  private final Passwords passwords;
  private final Traffic traffic;

  Page(
      Cdp cdp,
      RemoteWebDriver driver,
      String target,
      String session,
      String context,
      Passwords passwords) {
    this.cdp = cdp;
    this.driver = driver;
    this.session = session;
    this.context = context;
    this.passwords = passwords;
    // The frame of a page has the page's own id.
    this.traffic = new Traffic(target);
  }

  /** What a page does that cannot be done: the reason is for people. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String reason) {
      super(reason);
    }
  }

  RemoteWebDriver driver() {
    return driver;
  }

  Traffic traffic() {
    return traffic;
  }

  /** Begins to hear of it. */
  void listen() throws IOException {
    for (String domain : new String[] {"Page", "Network", "Runtime", "Log", "Inspector"}) {
      call(domain + ".enable", Json.with(), Chromium.PROMPT);
    }
    call("Target.setAutoAttach", AUTO_ATTACH, Chromium.PROMPT);
    cdp.send(
        "",
        "Browser.setDownloadBehavior",
        context.isEmpty()
            ? Json.with("behavior", "deny")
            : Json.with("behavior", "deny", "browserContextId", context));
    watchPasswords();
  }

  private static final JsonObject AUTO_ATTACH =
      Json.with("autoAttach", true, "waitForDebuggerOnStart", true, "flatten", true);

  /** A frame of another site has a process and a session of its own. It waits until it is heard. */
  void listenToFrame(String frame) {
    cdp.send(frame, "Network.enable", Json.with());
    cdp.send(frame, "Runtime.enable", Json.with());
    cdp.send(frame, "Log.enable", Json.with());
    cdp.send(frame, "Page.enable", Json.with());
    cdp.send(frame, "Target.setAutoAttach", AUTO_ATTACH);
    cdp.send(frame, "Runtime.runIfWaitingForDebugger", Json.with());
  }

  /** From now on requests that may need a password wait for one. */
  void watchPasswords() {
    if (passwords.needed()) {
      cdp.send(session, "Fetch.enable", passwords.patterns());
    }
  }

  /** No password is known for that address: what the site says to that is to be seen. */
  void declineAt(String url) {
    passwords.declineAt(url);
    watchPasswords();
  }

  /** Takes an event, of the page or of a frame of it. */
  void event(String from, String method, JsonObject told) {
    switch (method) {
      case "Fetch.requestPaused" ->
          cdp.send(
              from, "Fetch.continueRequest", Json.with("requestId", Json.text(told, "requestId")));
      case "Fetch.authRequired" ->
          cdp.send(
              from,
              "Fetch.continueWithAuth",
              Json.with(
                  "requestId",
                  Json.text(told, "requestId"),
                  "authChallengeResponse",
                  passwords.answer(told)));
      case "Page.javascriptDialogOpening" -> {
        // Dismissing the question whether to leave would mean to stay for ever.
        boolean leaving = Json.text(told, "type").equals("beforeunload");
        cdp.send(from, "Page.handleJavaScriptDialog", Json.with("accept", leaving));
        traffic.event(method, told);
      }
      case "Inspector.targetCrashed" -> {
        if (from.equals(session)) {
          traffic.event(method, told);
        }
      }
      default -> traffic.event(method, told);
    }
  }

  /** A command of DevTools to this page. */
  JsonObject call(String method, JsonObject parameters, Duration timeout) throws IOException {
    return cdp.call(session, method, parameters, timeout);
  }

  /** The same without an answer. */
  void send(String method, JsonObject parameters) {
    cdp.send(session, method, parameters);
  }

  /**
   * Asks something of the page, or does something to it; see {@code page.js}.
   *
   * @throws Refused when the page has not what it takes
   */
  JsonElement ask(String what, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = what;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    Object answer;
    try {
      answer = driver.executeScript(SCRIPT, all);
    } catch (UnhandledAlertException e) {
      // It came up while that was done, and is gone.
      answer = null;
    }
    if (!(answer instanceof String text)) {
      return new JsonObject();
    }
    JsonObject told = JsonParser.parseString(text).getAsJsonObject();
    if (told.has("problem")) {
      throw new Refused(Json.text(told, "problem"));
    }
    JsonElement value = told.get("answer");
    return value == null ? new JsonObject() : value;
  }

  /** Waits until what the page has set in motion with its last deed has begun. */
  void settle() {
    try {
      call(
          "Runtime.evaluate",
          Json.with("expression", "new Promise(r => setTimeout(r, 0))", "awaitPromise", true),
          Duration.ofSeconds(1));
    } catch (IOException e) {
      // Another page takes its place, or it is busy: both are seen by its events.
    }
  }

  /** Stops whatever it loads or calculates. */
  void stop() {
    send("Runtime.terminateExecution", Json.with());
    send("Page.stopLoading", Json.with());
  }

  /** Ends it with all it knew, where it shares nothing with other pages. */
  void discard() throws IOException {
    if (!context.isEmpty()) {
      cdp.call(
          "",
          "Target.disposeBrowserContext",
          Json.with("browserContextId", context),
          Chromium.PROMPT);
    }
  }

  private static String script() {
    try (InputStream in = Page.class.getResourceAsStream("page.js")) {
      if (in == null) {
        throw new IllegalStateException("page.js is not in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
