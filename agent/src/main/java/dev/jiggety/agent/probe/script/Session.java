package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.browser.Browser;
import dev.jiggety.agent.browser.BrowserEngine;
import dev.jiggety.agent.browser.BrowserOptions;
import dev.jiggety.agent.browser.View;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Hop;
import dev.jiggety.twill.Kind;
import dev.jiggety.twill.Words;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A browser and what a script has told it. Used by one thread. */
final class Session implements AutoCloseable {
  private static final String USER_AGENT = "User-Agent";

  private final BrowserEngine engine;
  private final BrowserOptions options;
  private final Clock clock;
  private final Map<String, String> settings = new HashMap<>();
  private final List<Check.Header> headers = new ArrayList<>();
  private final List<Hop> left = new ArrayList<>();
  private Browser browser;
  private Optional<String> agent = Optional.empty();
  private String base = "";
  private long bytesBefore;
  private Duration pageTime = Duration.ZERO;
  private int form = -1;
  private int button = -1;

  Session(BrowserEngine engine, BrowserOptions options, Clock clock) {
    this.engine = engine;
    this.options = options;
    this.clock = clock;
    this.browser = open();
  }

  Browser browser() {
    return browser;
  }

  View view() {
    return browser.view();
  }

  /** What it shows, when it shows something. */
  View page() {
    View view = browser.view();
    if (view.url().isEmpty()) {
      throw ScriptFailure.wrong("there is no page yet; go to one first");
    }
    return view;
  }

  Clock clock() {
    return clock;
  }

  /** Does what leads to a page, and takes the time of it. */
  void navigate(Runnable way) {
    long start = clock.now();
    form = -1;
    button = -1;
    try {
      way.run();
    } finally {
      pageTime = Duration.ofNanos(clock.now() - start);
    }
  }

  /** How long the last page took. */
  Duration pageTime() {
    return pageTime;
  }

  /** An address as the browser is to be given it. */
  String address(String url) {
    if (base.isEmpty() || Pages.isWeb(url) || !view().url().isEmpty()) {
      return url;
    }
    try {
      return URI.create(base).resolve(url).toString();
    } catch (IllegalArgumentException e) {
      throw ScriptFailure.wrong("\"" + url + "\" is no web address");
    }
  }

  /** Remembers what {@code submit} sends when it is not told. */
  void clicked(int clickedForm, int clickedButton) {
    if (clickedButton >= 0 || clickedForm != form) {
      button = clickedButton; // a button of another form is none of this one's
    }
    form = clickedForm;
  }

  void forgetButton() {
    button = -1;
  }

  /** The form that was filled in last; -1 for none. */
  int form() {
    return form;
  }

  /** The button that was clicked last; -1 for none. */
  int button() {
    return button;
  }

  void addHeader(String name, String value) {
    headers.add(new Check.Header(name, value));
    sendHeaders();
  }

  void clearHeaders() {
    headers.clear();
    sendHeaders();
  }

  List<Check.Header> headers() {
    return List.copyOf(headers);
  }

  void agent(String text) {
    agent = Optional.of(text);
    sendHeaders();
  }

  /** Changes a setting of {@code config}. */
  void set(String key, String value) {
    settings.put(key, value);
    if (key.equals(Kind.REFRESH)) {
      browser.refreshLimit(refreshLimit());
    }
  }

  String setting(String key) {
    return settings.getOrDefault(key, key.equals(Kind.REFRESH) ? "2" : "false");
  }

  boolean isOn(String key) {
    return Words.truth(setting(key)).orElse(false);
  }

  /** A new browser, with nothing in it. */
  void reset(String baseUrl) {
    left.addAll(browser.exchanges());
    bytesBefore += browser.bytes();
    browser.close();
    settings.clear();
    headers.clear();
    agent = Optional.empty();
    base = baseUrl;
    form = -1;
    button = -1;
    browser = open();
  }

  /** The exchanges since the last call. */
  List<Hop> exchanges() {
    List<Hop> all = new ArrayList<>(left);
    left.clear();
    all.addAll(browser.exchanges());
    return all;
  }

  /** Bytes over the wire, of all browsers that it had. */
  long bytes() {
    return bytesBefore + browser.bytes();
  }

  @Override
  public void close() {
    browser.close();
  }

  private Browser open() {
    Browser opened = engine.open(options);
    opened.refreshLimit(refreshLimit());
    return opened;
  }

  /** A page is gone on from when it waits less than the setting. */
  private int refreshLimit() {
    String seconds = setting(Kind.REFRESH);
    try {
      return (int) Math.ceil(Double.parseDouble(seconds)) - 1;
    } catch (NumberFormatException e) {
      throw new ScriptFailure(ErrorKind.ASSERTION, null, "\"" + seconds + "\" is no number");
    }
  }

  private void sendHeaders() {
    List<Check.Header> all = new ArrayList<>(headers);
    agent.ifPresent(text -> all.add(new Check.Header(USER_AGENT, text)));
    browser.headers(all);
  }

  /** The keys of {@code config} with what they are set to. */
  List<String> settings() {
    return Kind.KEYS.stream().map(key -> key + " = " + setting(key)).toList();
  }
}
