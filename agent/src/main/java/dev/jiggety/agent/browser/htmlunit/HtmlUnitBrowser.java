package dev.jiggety.agent.browser.htmlunit;

import dev.jiggety.agent.browser.Browser;
import dev.jiggety.agent.browser.BrowserException;
import dev.jiggety.agent.browser.BrowserOptions;
import dev.jiggety.agent.browser.View;
import dev.jiggety.agent.exchange.HopClient;
import dev.jiggety.agent.exchange.HopOptions;
import dev.jiggety.agent.exchange.TlsFacts;
import dev.jiggety.model.Check;
import dev.jiggety.model.Hop;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Picture;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.htmlunit.History;
import org.htmlunit.Page;
import org.htmlunit.SgmlPage;
import org.htmlunit.WebRequest;
import org.htmlunit.WebWindow;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlImageInput;
import org.htmlunit.html.HtmlPage;
import org.jspecify.annotations.Nullable;

/** HtmlUnit behind the port. For one thread; timers of its pages run on one of their own. */
final class HtmlUnitBrowser implements Browser {
  private static final int MOST_MESSAGES = 20;
  private static final long SOON_MILLIS = 50;

  private final Client client;
  private final Limits limits;
  private final Traffic traffic = new Traffic();
  private final Journal journal;
  private final Requests requests;
  private final Wire wire;
  private final Pages pages = new Pages(traffic);
  private final boolean javascript;

  HtmlUnitBrowser(HopClient hops, BrowserOptions options) {
    javascript = options.javascript();
    client = Client.create(javascript, options.width(), options.height());
    limits = new Limits(options.deadline(), client::setJavaScriptTimeout);
    journal = new Journal(limits);
    requests = new Requests(client.getBrowserVersion().getUserAgent());
    long largest = Limits.LARGEST_ANSWER;
    wire =
        new Wire(
            client,
            hops.session(new HopOptions(options.connection(), true, largest, largest)),
            limits,
            traffic,
            requests);
    client.setWebConnection(wire);
    client.setWebSocketAdapter(new NoWebSockets(journal));
    client.setPageCreator(pages);
    client.keepTo(limits);
    journal.listen(client);
  }

  @Override
  public void go(String url) {
    navigate(() -> open(Addresses.resolve(url, here())));
  }

  @Override
  public void back() {
    navigate(() -> window().getHistory().back());
  }

  @Override
  public void reload() {
    Page page = page();
    if (page != null) {
      navigate(() -> {
        client.getPage(window(), page.getWebResponse().getWebRequest());
        window().getHistory().removeCurrent(); // it is the same place still
      });
    }
  }

  @Override
  public void follow(View.Link link) {
    HtmlPage page = html();
    List<HtmlAnchor> anchors = Views.anchors(page);
    if (link.index() < anchors.size()) {
      navigate(() -> click(anchors.get(link.index())));
    } else {
      go(link.url());
    }
  }

  @Override
  public void submit(int form, int button) {
    Fields fields = new Fields(html());
    HtmlForm target = fields.form(form);
    HtmlElement pressed = button < 0 ? null : fields.control(form, button);
    target.removeAttribute("target");
    navigate(() -> {
      if (pressed == null) {
        target.submit(null);
        client.loadDownloadedResponses();
      } else {
        click(pressed);
      }
    });
  }

  @Override
  public PageLoad load(String url, Duration settle) {
    client.getOptions().setDownloadImages(true);
    pages.begin(true);
    try {
      begin();
      guard(() -> {
        open(Addresses.resolve(url, here()));
        if (settle.isPositive()) {
          client.waitForBackgroundJavaScript(Math.min(settle.toMillis(), limits.leftMillis()));
        }
      });
    } finally {
      client.getOptions().setDownloadImages(false);
    }
    List<String> messages = new ArrayList<>(traffic.errors());
    messages.addAll(journal.messages());
    return new PageLoad(
        new HtmlUnitEngine().engine().label(),
        pages.reached(),
        traffic.requests(),
        traffic.pageBytes(),
        traffic.resources(),
        journal.errors(),
        traffic.failed(),
        messages.stream().limit(MOST_MESSAGES).toList());
  }

  @Override
  public View view() {
    Page page = page();
    return page == null ? View.EMPTY : Views.of(page);
  }

  @Override
  public List<String> xpath(String expression) {
    if (!(page() instanceof SgmlPage page)) {
      return List.of();
    }
    try {
      return page.getByXPath(expression).stream().map(HtmlUnitBrowser::text).toList();
    } catch (RuntimeException e) {
      throw Fields.missing("no XPath: " + expression);
    }
  }

  @Override
  public List<String> css(String selector) {
    if (!(page() instanceof SgmlPage page)) {
      return List.of();
    }
    try {
      return page.querySelectorAll(selector).stream().map(HtmlUnitBrowser::text).toList();
    } catch (RuntimeException e) {
      throw Fields.missing("no CSS selector: " + selector);
    }
  }

  @Override
  public void set(int form, int field, String value) {
    new Fields(html()).set(form, field, value);
  }

  @Override
  public void check(int form, int field, boolean on) {
    new Fields(html()).check(form, field, on);
  }

  @Override
  public void choose(int form, int field, String option, boolean on) {
    new Fields(html()).choose(form, field, option, on);
  }

  @Override
  public void attach(int form, int field, String fileName, String mediaType, byte[] content) {
    byte[] copy = content.clone();
    requests.attached(copy, mediaType);
    new Fields(html()).attach(form, field, fileName, mediaType, copy);
  }

  @Override
  public void action(int form, String url) {
    new Fields(html()).form(form).setActionAttribute(url);
  }

  @Override
  public List<String> cookies() {
    return client.getCookieManager().getCookies().stream()
        .map(cookie ->
            cookie.getName()
                + "="
                + cookie.getValue()
                + "; Domain="
                + cookie.getDomain()
                + "; Path="
                + cookie.getPath()
                + (cookie.isSecure() ? "; Secure" : "")
                + (cookie.isHttpOnly() ? "; HttpOnly" : ""))
        .toList();
  }

  @Override
  public void clearCookies() {
    client.getCookieManager().clearCookies();
  }

  @Override
  public void authenticate(String realm, String url, String user, String password) {
    wire.logins().add(realm, url, user, password);
  }

  @Override
  public void headers(List<Check.Header> headers) {
    wire.headers(headers);
  }

  @Override
  public void timeout(Duration timeout) {
    limits.timeout(timeout);
  }

  @Override
  public void refreshLimit(int seconds) {
    client.refreshLimit(seconds);
  }

  @Override
  public List<String> history() {
    History history = window().getHistory();
    List<String> urls = new ArrayList<>();
    for (int i = 0; i <= history.getIndex(); i++) {
      URL url = history.getUrl(i);
      if (!url.getProtocol().equals("about")) {
        urls.add(url.toExternalForm());
      }
    }
    return urls;
  }

  @Override
  public List<Hop> exchanges() {
    return traffic.takeHops();
  }

  @Override
  public long bytes() {
    return traffic.bytes();
  }

  @Override
  public OptionalLong certificateDays() {
    Page page = page();
    TlsFacts tls =
        page != null && page.getWebResponse() instanceof Wire.Answer answer
            ? answer.hop().tls()
            : null;
    return tls == null ? OptionalLong.empty() : tls.days(Instant.now());
  }

  @Override
  public Optional<Picture> picture() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // A script that still runs ends at its next instruction; else closing would wait for it.
    limits.end();
    client.setJavaScriptTimeout(1);
    client.close();
  }

  /** Something that leads to a page. */
  private interface Way {
    void go() throws IOException;
  }

  private void navigate(Way way) {
    pages.begin(false);
    begin();
    guard(() -> {
      way.go();
      if (javascript) {
        client.waitForBackgroundJavaScriptStartingBefore(SOON_MILLIS, limits.leftMillis());
      }
    });
  }

  private void begin() {
    limits.begin();
    traffic.begin(System.nanoTime());
    journal.begin();
    wire.begin();
  }

  private void guard(Way way) {
    Throwable thrown = null;
    try {
      if (limits.overstepped() == null) {
        way.go();
      }
    } catch (IOException | RuntimeException | StackOverflowError e) {
      thrown = e;
    } finally {
      limits.end();
    }
    if (limits.overstepped() != null) {
      throw new BrowserException(limits.overstepped());
    }
    if (thrown instanceof BrowserException known) {
      throw known;
    }
    if (thrown != null) {
      throw new BrowserException(Troubles.of(thrown));
    }
  }

  private void open(URL url) throws IOException {
    WebRequest request =
        new WebRequest(url, client.getBrowserVersion().getHtmlAcceptHeader(), "gzip");
    request.setCharset(StandardCharsets.UTF_8);
    client.getPage(window(), request);
  }

  private static void click(HtmlElement element) throws IOException {
    element.removeAttribute("target");
    if (element instanceof HtmlImageInput image) {
      image.click(0, 0);
    } else {
      element.click(false, false, false, true, true, true, false);
    }
  }

  private WebWindow window() {
    return client.getCurrentWindow().getTopWindow();
  }

  private HtmlPage html() {
    if (page() instanceof HtmlPage page) {
      return page;
    }
    throw Fields.missing("there is no HTML page");
  }

  private String here() {
    Page page = page();
    return page == null ? "" : page.getUrl().toExternalForm();
  }

  /** The page of a site; null when there is none yet. */
  private @Nullable Page page() {
    Page page = window().getEnclosedPage();
    return page == null || page.getUrl().getProtocol().equals("about") ? null : page;
  }

  private static String text(Object found) {
    return switch (found) {
      case DomElement element -> element.getTextContent();
      case DomNode node -> String.valueOf(node.getNodeValue());
      case Double number ->
          number == Math.rint(number) && Math.abs(number) < 1e15
              ? String.valueOf(number.longValue())
              : number.toString();
      default -> found.toString();
    };
  }
}
