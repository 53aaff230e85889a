package dev.jiggety.agent.browser.htmlunit;

import java.io.IOException;
import java.net.URL;
import java.util.Set;
import org.htmlunit.BrowserVersion;
import org.htmlunit.Page;
import org.htmlunit.SilentCssErrorHandler;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.WebWindow;
import org.htmlunit.WebWindowEvent;
import org.htmlunit.WebWindowListener;

/** HtmlUnit set up for pages of strangers. */
final class Client extends WebClient {
  private static final long serialVersionUID = 1;
  private static final Set<String> SCHEMES = Set.of("http", "https", "about", "data", "blob");
  private static final int HISTORY = 50;
  private static final int PAGES_KEPT = 3;
  private static final int REFRESH_SECONDS = 2;

  private transient int refreshLimit = REFRESH_SECONDS;

  private Client(BrowserVersion version) {
    super(version);
  }

  /** With Chromium's manners, and its name besides our own. */
  static Client create(boolean javascript, int width, int height) {
    BrowserVersion chrome = BrowserVersion.CHROME;
    Client client =
        new Client(
            new BrowserVersion.BrowserVersionBuilder(chrome)
                .setUserAgent(chrome.getUserAgent() + " Jiggety")
                .build());
    var options = client.getOptions();
    options.setJavaScriptEnabled(javascript);
    options.setCssEnabled(javascript);
    options.setThrowExceptionOnScriptError(false);
    options.setThrowExceptionOnFailingStatusCode(false);
    options.setPrintContentOnFailingStatusCode(false);
    options.setPopupBlockerEnabled(true);
    options.setFetchPolyfillEnabled(true);
    options.setGeolocationEnabled(false);
    options.setHistorySizeLimit(HISTORY);
    options.setHistoryPageCacheLimit(PAGES_KEPT);
    options.setMaxInMemory(Integer.MAX_VALUE);
    options.setScreenWidth(width);
    options.setScreenHeight(height);
    client.getCurrentWindow().setInnerWidth(width);
    client.getCurrentWindow().setInnerHeight(height);
    client.getCache().setMaxSize(0); // what a test asks for goes over the wire
    client.setCssErrorHandler(new SilentCssErrorHandler());
    client.setIncorrectnessListener((message, origin) -> {});
    return client;
  }

  void refreshLimit(int seconds) {
    refreshLimit = seconds;
  }

  /** Obeys limits: scripts, windows and refreshes. */
  void keepTo(Limits limits) {
    setScriptPreProcessor((page, source, name, line, element) -> limits.script() ? source : "");
    addWebWindowListener(
        new WebWindowListener() {
          @Override
          public void webWindowOpened(WebWindowEvent event) {
            limits.windowOpened();
          }

          @Override
          public void webWindowContentChanged(WebWindowEvent event) {
            // The limits of the new page are those of the browser.
          }

          @Override
          public void webWindowClosed(WebWindowEvent event) {
            // Closing takes nothing.
          }
        });
    setRefreshHandler((page, url, seconds) -> refresh(page, url, seconds, limits));
  }

  /** At once, without the seconds: a test does not wait for what it knows. */
  private void refresh(Page page, URL url, int seconds, Limits limits) throws IOException {
    WebWindow window = page.getEnclosingWindow();
    boolean itself = page.getUrl().toExternalForm().equals(url.toExternalForm());
    if (window != null && seconds <= refreshLimit && !itself && limits.refresh()) {
      WebRequest request = new WebRequest(url);
      request.setRefererHeader(page.getUrl());
      getPage(window, request);
    }
  }

  /** Whatever a page or a script of it asks for comes through here. */
  @Override
  public WebResponse loadWebResponse(WebRequest request) throws IOException {
    String scheme = request.getUrl().getProtocol();
    if (!SCHEMES.contains(scheme)) {
      throw new IOException("a page must not read " + scheme + ":");
    }
    return super.loadWebResponse(request);
  }
}
