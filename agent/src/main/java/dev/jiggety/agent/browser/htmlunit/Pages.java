package dev.jiggety.agent.browser.htmlunit;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.htmlunit.DefaultPageCreator;
import org.htmlunit.TopLevelWindow;
import org.htmlunit.WebResponse;
import org.htmlunit.WebWindow;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlLink;
import org.htmlunit.html.HtmlPage;

/**
 * Makes the pages of a browser, and notes when the one in the top window got where. For one thread,
 * that which loads pages.
 */
final class Pages extends DefaultPageCreator {
  private static final long serialVersionUID = 1;

  private final transient Traffic traffic;
  private final transient Map<String, Duration> reached = new HashMap<>();
  private boolean complete;

  Pages(Traffic traffic) {
    this.traffic = traffic;
  }

  /**
   * A page begins.
   *
   * @param withAll whether all style sheets belong to it, not only those that something asks for
   */
  void begin(boolean withAll) {
    synchronized (reached) {
      reached.clear();
    }
    complete = withAll;
  }

  /** When it reached what, since its navigation began; by the names of Navigation Timing. */
  Map<String, Duration> reached() {
    synchronized (reached) {
      Map<String, Duration> all = new HashMap<>(reached);
      if (!traffic.responseEnd().isZero()) {
        all.put("responseStart", traffic.responseStart());
        all.put("responseEnd", traffic.responseEnd());
      }
      return all;
    }
  }

  private void reach(String milestone) {
    synchronized (reached) {
      reached.put(milestone, traffic.since(System.nanoTime()));
    }
  }

  @Override
  protected HtmlPage createHtmlPage(WebResponse response, WebWindow window) throws IOException {
    HtmlPage page = new TimedPage(response, window);
    window.setEnclosedPage(page);
    getHtmlParser().parse(window.getWebClient(), response, page, false, false);
    return page;
  }

  private final class TimedPage extends HtmlPage {
    private static final long serialVersionUID = 1;

    TimedPage(WebResponse response, WebWindow window) {
      super(response, window);
    }

    @Override
    public void setReadyState(String state) {
      super.setReadyState(state);
      if (isTop()) {
        switch (state) {
          case READY_STATE_INTERACTIVE -> {
            reach("domInteractive");
            if (complete) {
              loadStyles();
            }
          }
          case READY_STATE_COMPLETE -> reach("domComplete");
          default -> {}
        }
      }
    }

    @Override
    public void initialize() throws IOException {
      super.initialize();
      if (isTop()) {
        reach("loadEventEnd");
      }
    }

    private boolean isTop() {
      return getEnclosingWindow() instanceof TopLevelWindow;
    }

    /** HtmlUnit fetches them when a script asks how something looks; browsers do at once. */
    private void loadStyles() {
      for (DomElement link : getElementsByTagName("link")) {
        if (link instanceof HtmlLink style && style.isStyleSheetLink()) {
          style.getSheet();
        }
      }
    }
  }
}
