package dev.jiggety.agent.browser.chromium;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Hop;
import dev.jiggety.model.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a page does, out of DevTools' events: its exchanges, whether it loads, what went wrong, what
 * it said on the console. Safe for all threads: events come on one, questions on another.
 */
final class Traffic {
  /** More exchanges than that are counted, but no longer told one by one. */
  private static final int MOST_EXCHANGES = 2000;

  private static final int MOST_MESSAGES = 50;
  private static final int LONGEST_MESSAGE = 400;

  /** What a page may load before it is stopped, in bytes. */
  static final long MOST_BYTES = 256L << 20;

  private final String mainFrame;
  private final Map<String, Exchange> open = new HashMap<>();
  private final Map<String, Exchange> documents = new HashMap<>();
  private final List<Exchange> sinceAsked = new ArrayList<>();
  private final List<Exchange> sinceBegun = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private int pages;
  private int begunCount;
  private int consoleErrors;
  private long bodyBytes;
  private long received;
  private boolean requested;
  private boolean loading;
  private boolean crashed;
  private String url = "";
  private String loader = "";
  private String download = "";
  private @Nullable Exchange failedDocument;
  private @Nullable Exchange lastAnswer;
  private double lastTime;

  /**
   * Of a page.
   *
   * @param mainFrame the id of its frame
   */
  Traffic(String mainFrame) {
    this.mainFrame = mainFrame;
  }

  /** Forgets how the page before came about. */
  synchronized void begin() {
    requested = false;
    failedDocument = null;
    download = "";
    received = 0;
    sinceBegun.clear();
    begunCount = 0;
    messages.clear();
    consoleErrors = 0;
  }

  /** Takes an event. */
  synchronized void event(String method, JsonObject told) {
    lastTime = Math.max(lastTime, Json.number(told, "timestamp", 0));
    switch (method) {
      case "Network.requestWillBeSent" -> sent(told);
      case "Network.responseReceived" -> answered(told);
      case "Network.responseReceivedExtraInfo" -> headed(told);
      case "Network.dataReceived" -> received += (long) Json.number(told, "dataLength", 0);
      case "Network.loadingFinished" -> finished(told);
      case "Network.loadingFailed" -> failed(told);
      case "Page.frameRequestedNavigation" -> {
        if (ofMain(told) && Json.text(told, "disposition").equals("currentTab")) {
          requested = true;
        }
      }
      case "Page.frameStartedLoading" -> {
        if (ofMain(told)) {
          loading = true;
          requested = false;
        }
      }
      case "Page.frameStoppedLoading" -> {
        if (ofMain(told)) {
          loading = false;
          requested = false;
        }
      }
      case "Page.navigatedWithinDocument" -> {
        if (ofMain(told)) {
          url = Json.text(told, "url");
          requested = false;
        }
      }
      case "Page.frameNavigated" -> navigated(Json.of(told, "frame"));
      case "Page.downloadWillBegin" -> download = Exchange.withoutUser(Json.text(told, "url"));
      case "Page.javascriptDialogOpening" -> dialog(told);
      case "Runtime.consoleAPICalled" -> console(told);
      case "Runtime.exceptionThrown" -> thrown(Json.of(told, "exceptionDetails"));
      case "Log.entryAdded" -> logged(Json.of(told, "entry"));
      case "Inspector.targetCrashed" -> crashed = true;
      default -> {}
    }
    notifyAll();
  }

  /**
   * Waits until the page loads no longer.
   *
   * @param deadline on {@link System#nanoTime()}
   * @return whether that came before the deadline
   */
  synchronized boolean awaitLoaded(long deadline) throws InterruptedException {
    while ((loading || requested) && !crashed && received <= MOST_BYTES) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /**
   * Waits a little for the end of the document itself, which is told by another way than the end of
   * its load.
   */
  synchronized void awaitDocument(long deadline) throws InterruptedException {
    while (sinceBegun.stream().anyMatch(each -> each.document(mainFrame) && !each.over())) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0 || crashed) {
        return;
      }
      wait(left);
    }
  }

  /** Lets so many nanoseconds of the page's life go by, or less when it dies. */
  synchronized void watchFor(long nanos) {
    long end = System.nanoTime() + nanos;
    try {
      for (long left = nanos; left > 0 && !crashed; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until another page comes or begins to, seen from when there were so many. */
  synchronized void awaitNext(int pagesBefore, long deadline) throws InterruptedException {
    while (pages == pagesBefore && !loading && !requested && !crashed) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  /** How many pages there were. */
  synchronized int pages() {
    return pages;
  }

  /** Why the page is not there; empty when it is. */
  synchronized Optional<Failure> trouble() {
    if (crashed) {
      return Optional.of(
          new Failure(
              ErrorKind.LIMIT,
              null,
              "the page used more memory than a test may; Chromium gave up"));
    }
    if (received > MOST_BYTES) {
      return Optional.of(
          new Failure(
              ErrorKind.LIMIT,
              Phase.RECEIVE,
              "the page loads more than " + (MOST_BYTES >> 20) + " MiB"));
    }
    if (!download.isEmpty()) {
      return Optional.of(
          new Failure(
              ErrorKind.PROTOCOL,
              null,
              download + " is a download, which Chromium does not show: use the engine htmlunit"));
    }
    Exchange failed = failedDocument;
    if (failed == null
        || failed.cancelled()
        || failed.unauthorized()
        || failed.error().equals("net::ERR_ABORTED")) {
      return Optional.empty();
    }
    return Optional.of(NetErrors.failure(failed.error(), failed.url));
  }

  /** The page for which a password was asked for that nobody gave; empty when that is not it. */
  synchronized Optional<Exchange> unauthorized() {
    return Optional.ofNullable(failedDocument).filter(Exchange::unauthorized);
  }

  /** What the page was waiting for when its time was over. */
  synchronized @Nullable Phase waitingFor() {
    return sinceBegun.stream()
        .filter(exchange -> exchange.document(mainFrame) && !exchange.over())
        .findFirst()
        .map(exchange -> exchange.status() == 0 ? Phase.WAIT : Phase.RECEIVE)
        .orElse(null);
  }

  synchronized boolean crashed() {
    return crashed;
  }

  /** Whether it loads, or is about to. */
  synchronized boolean loading() {
    return loading || requested;
  }

  /** The page of an HTTP answer that is shown; empty for Chromium's own pages. */
  synchronized Optional<Exchange> document() {
    return Optional.ofNullable(documents.get(loader));
  }

  /** Where it is, as Chromium says. */
  synchronized String url() {
    return url;
  }

  /** The exchanges since the last call, in order of their beginning. */
  synchronized List<Hop> takeExchanges() {
    List<Hop> hops = sinceAsked.stream().map(Exchange::hop).toList();
    sinceAsked.clear();
    return hops;
  }

  /** Bytes of bodies. */
  synchronized long bodyBytes() {
    return bodyBytes;
  }

  /** The last exchange that was answered. */
  synchronized Optional<Exchange> lastAnswer() {
    return Optional.ofNullable(lastAnswer);
  }

  /** What the load that began last is to be told of. */
  synchronized Snapshot snapshot() {
    return new Snapshot(
        List.copyOf(sinceBegun), begunCount, consoleErrors, List.copyOf(messages), lastTime);
  }

  /**
   * A load.
   *
   * @param exchanges the first of them
   * @param count how many there were
   * @param messages errors of the console and dialogs, the first of them
   * @param now seconds on Chromium's clock
   */
  record Snapshot(
      List<Exchange> exchanges, int count, int consoleErrors, List<String> messages, double now) {}

  private boolean ofMain(JsonObject told) {
    return Json.text(told, "frameId").equals(mainFrame);
  }

  private void sent(JsonObject told) {
    Exchange exchange = new Exchange(told);
    Exchange before = open.get(exchange.id);
    if (before != null && told.has("redirectResponse")) {
      before.redirected(Json.of(told, "redirectResponse"), exchange.asked);
    }
    // The icon is asked for by the browser, not by the page, and after all else.
    boolean icon = exchange.url.endsWith("/favicon.ico") && Json.text(told, "type").equals("Other");
    if (icon || !exchange.url.startsWith("http")) {
      return;
    }
    open.put(exchange.id, exchange);
    begunCount++;
    if (sinceBegun.size() < MOST_EXCHANGES) {
      sinceBegun.add(exchange);
    }
    if (sinceAsked.size() < MOST_EXCHANGES) {
      sinceAsked.add(exchange);
    }
    String itsLoader = Json.text(told, "loaderId");
    if (exchange.document(mainFrame) && itsLoader.equals(exchange.id)) {
      documents.put(itsLoader, exchange);
    }
  }

  private void answered(JsonObject told) {
    Exchange exchange = open.get(Json.text(told, "requestId"));
    if (exchange != null) {
      exchange.answered(Json.of(told, "response"), Json.text(told, "type"));
      lastAnswer = exchange;
    }
  }

  private void headed(JsonObject told) {
    Exchange exchange = open.get(Json.text(told, "requestId"));
    if (exchange != null) {
      exchange.headed(told);
    }
  }

  private void finished(JsonObject told) {
    Exchange exchange = open.remove(Json.text(told, "requestId"));
    if (exchange != null) {
      exchange.finished(
          Json.number(told, "encodedDataLength", 0), Json.number(told, "timestamp", 0));
      bodyBytes += exchange.bodyBytes();
    }
  }

  private void failed(JsonObject told) {
    Exchange exchange = open.remove(Json.text(told, "requestId"));
    if (exchange == null) {
      return;
    }
    exchange.failed(
        Json.text(told, "errorText"),
        Json.flag(told, "canceled"),
        Json.number(told, "timestamp", 0));
    if (exchange.document(mainFrame)) {
      failedDocument = exchange;
    }
  }

  private void navigated(JsonObject frame) {
    if (Json.text(frame, "id").equals(mainFrame)) {
      url = Json.text(frame, "url") + Json.text(frame, "urlFragment");
      loader = Json.text(frame, "loaderId");
      requested = false;
      crashed = false;
      pages++;
    }
  }

  private void dialog(JsonObject told) {
    note(Json.text(told, "type") + ": " + Json.text(told, "message"));
  }

  private void console(JsonObject told) {
    String type = Json.text(told, "type");
    if (type.equals("error") || type.equals("assert")) {
      StringBuilder text = new StringBuilder();
      for (JsonElement argument : Json.list(told, "args")) {
        JsonObject object = argument.getAsJsonObject();
        String value = Json.text(object, "value");
        text.append(text.isEmpty() ? "" : " ");
        text.append(value.isEmpty() ? Json.text(object, "description") : value);
      }
      complain(text.toString());
    }
  }

  private void thrown(JsonObject details) {
    String description = Json.text(Json.of(details, "exception"), "description");
    complain(
        Json.text(details, "text")
            + (description.isEmpty() ? "" : " " + description.lines().findFirst().orElse("")));
  }

  private void logged(JsonObject entry) {
    if (Json.text(entry, "level").equals("error")
        && !Json.text(entry, "source").equals("network")) {
      complain(Json.text(entry, "text"));
    }
  }

  private void complain(String text) {
    consoleErrors++;
    note(text);
  }

  private void note(String text) {
    if (messages.size() < MOST_MESSAGES) {
      messages.add(cut(text));
    }
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "…" : line;
  }
}
