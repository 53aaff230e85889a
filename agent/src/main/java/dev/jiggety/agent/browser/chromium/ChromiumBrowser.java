package dev.jiggety.agent.browser.chromium;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.agent.browser.Browser;
import dev.jiggety.agent.browser.BrowserException;
import dev.jiggety.agent.browser.BrowserOptions;
import dev.jiggety.agent.browser.View;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Hop;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Picture;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Plays the browser by a page of Chromium. */
final class ChromiumBrowser implements Browser {
  private static final int MOST_TEXT = 16 << 20;
  private static final Gson GSON = new Gson();

  private final Page page;
  private final Passwords passwords;
  private final Navigation navigation;
  private final BrowserOptions options;
  private final AutoCloseable whole;
  private boolean anywhere;

  /**
   * With a page that shows nothing yet.
   *
   * @param whole closed with it
   */
  ChromiumBrowser(Page page, Passwords passwords, BrowserOptions options, Chromium whole) {
    this(page, passwords, options, whole, whole);
  }

  ChromiumBrowser(
      Page page,
      Passwords passwords,
      BrowserOptions options,
      Chromium chromium,
      AutoCloseable whole) {
    this.page = page;
    this.passwords = passwords;
    this.options = options;
    this.whole = whole;
    this.navigation = new Navigation(page, chromium, options.deadline());
    // The window that Chromium is started with has a frame around the page.
    page.send(
        "Emulation.setDeviceMetricsOverride",
        Json.with(
            "width",
            options.width(),
            "height",
            options.height(),
            "deviceScaleFactor",
            1,
            "mobile",
            false));
  }

  @Override
  public void go(String url) {
    String absolute = absolute(url);
    navigation.lead(Exchange.withoutUser(absolute), () -> page.driver().get(absolute));
    anywhere = true;
  }

  @Override
  public void back() {
    navigation.lead("the page before", () -> page.driver().navigate().back());
  }

  @Override
  public void reload() {
    navigation.lead(page.traffic().url(), () -> page.driver().navigate().refresh());
  }

  @Override
  public void follow(View.Link link) {
    navigation.lead(link.url(), () -> act("follow", link.index(), link.url()));
  }

  @Override
  public void submit(int form, int button) {
    navigation.lead("the answer to the form", () -> act("submit", form, button));
  }

  @Override
  public PageLoad load(String url, Duration settle) {
    go(url);
    long left = Math.max(0, options.deadline() - System.nanoTime());
    page.traffic().watchFor(Math.min(left, settle.toNanos()));
    JsonElement milestones = ask("milestones");
    return Loads.of(
        page.traffic().snapshot(),
        milestones instanceof JsonObject object ? object : new JsonObject());
  }

  @Override
  public View view() {
    if (!anywhere) {
      return View.EMPTY;
    }
    View seen = GSON.fromJson(ask("view", MOST_TEXT), View.class);
    Optional<Exchange> answer = page.traffic().document();
    String mediaType = answer.map(Exchange::mediaType).filter(it -> !it.isEmpty()).orElse("");
    boolean html = mediaType.isEmpty() || mediaType.contains("html");
    return new View(
        seen.url(),
        answer.map(Exchange::status).orElse(0),
        answer.map(Exchange::headers).orElse(List.of()),
        seen.title(),
        html ? seen.html() : body(answer.get()).orElse(seen.html()),
        mediaType.isEmpty() ? seen.mediaType() : mediaType,
        seen.links(),
        seen.forms());
  }

  /** What came, where Chromium shows something that is no HTML by a page of its own making. */
  private Optional<String> body(Exchange answer) {
    try {
      JsonObject body =
          page.call("Network.getResponseBody", Json.with("requestId", answer.id), Chromium.PROMPT);
      return Json.flag(body, "base64Encoded")
          ? Optional.of("")
          : Optional.of(Json.text(body, "body"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> xpath(String expression) {
    return texts(ask("xpath", expression));
  }

  @Override
  public List<String> css(String selector) {
    return texts(ask("css", selector));
  }

  @Override
  public void set(int form, int field, String value) {
    ask("set", form, field, value);
  }

  @Override
  public void check(int form, int field, boolean on) {
    ask("check", form, field, on);
  }

  @Override
  public void choose(int form, int field, String option, boolean on) {
    ask("choose", form, field, option, on);
  }

  @Override
  public void attach(int form, int field, String fileName, String mediaType, byte[] content) {
    ask("attach", form, field, fileName, mediaType, Base64.getEncoder().encodeToString(content));
  }

  @Override
  public void action(int form, String url) {
    ask("action", form, url);
  }

  @Override
  public List<String> cookies() {
    List<String> lines = new ArrayList<>();
    JsonObject all = command("Network.getAllCookies", Json.with());
    for (JsonElement each : Json.list(all, "cookies")) {
      lines.add(line(each.getAsJsonObject()));
    }
    return lines;
  }

  private static String line(JsonObject cookie) {
    StringBuilder line = new StringBuilder();
    line.append(Json.text(cookie, "name")).append('=').append(Json.text(cookie, "value"));
    line.append("; Domain=").append(Json.text(cookie, "domain"));
    line.append("; Path=").append(Json.text(cookie, "path"));
    if (Json.flag(cookie, "secure")) {
      line.append("; Secure");
    }
    if (Json.flag(cookie, "httpOnly")) {
      line.append("; HttpOnly");
    }
    String sameSite = Json.text(cookie, "sameSite");
    return sameSite.isEmpty() ? line.toString() : line + "; SameSite=" + sameSite;
  }

  @Override
  public void clearCookies() {
    command("Network.clearBrowserCookies", Json.with());
  }

  @Override
  public void authenticate(String realm, String url, String user, String password) {
    passwords.add(realm, url, user, password);
    page.watchPasswords();
  }

  @Override
  public void headers(List<Check.Header> headers) {
    JsonObject extra = new JsonObject();
    String agent = "";
    for (Check.Header header : headers) {
      if (header.name().toLowerCase(Locale.ROOT).equals("user-agent")) {
        agent = header.value();
      } else {
        extra.addProperty(header.name(), header.value());
      }
    }
    command("Network.setExtraHTTPHeaders", Json.with("headers", extra));
    command("Network.setUserAgentOverride", Json.with("userAgent", agent));
  }

  @Override
  public void timeout(Duration timeout) {
    navigation.timeout(timeout);
  }

  @Override
  public void refreshLimit(int seconds) {
    if (seconds < 0) {
      throw new BrowserException(
          new Failure(
              ErrorKind.INTERNAL,
              null,
              "the engine chromium cannot leave meta refreshes alone: use the engine htmlunit"));
    }
    navigation.refreshLimit(seconds);
  }

  @Override
  public List<String> history() {
    JsonObject history = command("Page.getNavigationHistory", Json.with());
    int current = (int) Json.number(history, "currentIndex", -1);
    List<String> urls = new ArrayList<>();
    for (int i = 0; i <= current && i < Json.list(history, "entries").size(); i++) {
      String url = Json.text(Json.list(history, "entries").get(i).getAsJsonObject(), "url");
      if (url.startsWith("http:") || url.startsWith("https:")) {
        urls.add(Exchange.withoutUser(url));
      }
    }
    return urls;
  }

  @Override
  public List<Hop> exchanges() {
    return page.traffic().takeExchanges();
  }

  @Override
  public long bytes() {
    return page.traffic().bodyBytes();
  }

  @Override
  public OptionalLong certificateDays() {
    return page.traffic()
        .lastAnswer()
        .filter(Exchange::secure)
        .map(answer -> Certificates.days(page, answer.url))
        .orElse(OptionalLong.empty());
  }

  @Override
  public Optional<Picture> picture() {
    return Pictures.take(page);
  }

  @Override
  public void close() {
    try {
      whole.close();
    } catch (Exception e) {
      System.getLogger(ChromiumBrowser.class.getName())
          .log(System.Logger.Level.WARNING, "Chromium did not end properly: {0}", e.getMessage());
    }
  }

  /** Only the web: nothing of this machine's files, and not Chromium's own pages. */
  private String absolute(String url) {
    String base = anywhere ? page.traffic().url() : "";
    URI uri;
    try {
      uri = base.startsWith("http") ? URI.create(base).resolve(url) : new URI(url);
    } catch (IllegalArgumentException | URISyntaxException e) {
      throw protocol("not an address: " + Exchange.withoutUser(url));
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw protocol("only addresses of http and https are gone to, not " + url);
    }
    return uri.toString();
  }

  private static BrowserException protocol(String text) {
    return new BrowserException(new Failure(ErrorKind.PROTOCOL, null, text));
  }

  private void act(String what, Object... arguments) {
    try {
      page.ask(what, arguments);
    } catch (Page.Refused e) {
      throw Navigation.refused(e);
    }
  }

  private JsonElement ask(String what, Object... arguments) {
    return navigation.within(page.traffic().url(), () -> page.ask(what, arguments));
  }

  private JsonObject command(String method, JsonObject parameters) {
    try {
      return page.call(method, parameters, Chromium.PROMPT);
    } catch (IOException e) {
      throw new BrowserException(
          new Failure(ErrorKind.INTERNAL, null, "Chromium did not do it: " + e.getMessage()));
    }
  }

  private static List<String> texts(JsonElement found) {
    List<String> texts = new ArrayList<>();
    if (found.isJsonArray()) {
      found.getAsJsonArray().forEach(each -> texts.add(each.getAsString()));
    }
    return texts;
  }
}
