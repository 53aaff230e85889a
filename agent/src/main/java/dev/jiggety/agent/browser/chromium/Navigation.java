package dev.jiggety.agent.browser.chromium;

import dev.jiggety.agent.browser.BrowserException;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriverException;

/** Leads a page to another one and waits for that, or says why it did not come. */
final class Navigation {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(90);
  private static final int MOST_REFRESHES = 20;

  /** How long one more look at what went wrong may take. */
  private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(500);

  private final Page page;
  private final Chromium chromium;
  private final long deadline;
  private Duration timeout = DEFAULT_TIMEOUT;
  private int refreshLimit = -1;

  Navigation(Page page, Chromium chromium, long deadline) {
    this.page = page;
    this.chromium = chromium;
    this.deadline = deadline;
  }

  void timeout(Duration value) {
    timeout = value;
  }

  /** Meta refreshes of up to so many seconds are waited for; none when negative. */
  void refreshLimit(int seconds) {
    refreshLimit = seconds;
  }

  /**
   * Does what leads to a page and waits until it is there.
   *
   * @param where for people
   */
  void lead(String where, Runnable act) {
    long end = end(where);
    page.traffic().begin();
    try {
      Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
      page.driver().manage().timeouts().pageLoadTimeout(left).scriptTimeout(left);
      act.run();
      page.settle();
      awaitPage(where, end);
      awaitRefusal(where, end);
      awaitRefreshes(where, end);
    } catch (TimeoutException e) {
      throw late(where);
    } catch (WebDriverException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrowserException(
          new Failure(ErrorKind.INTERNAL, null, "interrupted while waiting for " + where));
    }
  }

  /** What is asked of a page that is there. */
  <T> T within(String where, Supplier<T> question) {
    try {
      Duration left = Duration.ofNanos(Math.max(MOMENT, end(where) - System.nanoTime()));
      page.driver().manage().timeouts().scriptTimeout(left);
      return question.get();
    } catch (Page.Refused e) {
      throw refused(e);
    } catch (TimeoutException e) {
      throw late(where);
    } catch (WebDriverException e) {
      throw failure(e);
    }
  }

  static BrowserException refused(Page.Refused e) {
    String text = String.valueOf(e.getMessage());
    return new BrowserException(new Failure(ErrorKind.ASSERTION, null, text));
  }

  private long end(String where) {
    long now = System.nanoTime();
    if (deadline - now <= 0) {
      throw timeout(where, null);
    }
    return now + Math.min(deadline - now, timeout.toNanos());
  }

  private void awaitPage(String where, long end) throws InterruptedException {
    if (!page.traffic().awaitLoaded(end)) {
      throw late(where);
    }
    page.traffic().awaitDocument(Math.min(end, System.nanoTime() + MOMENT));
    page.traffic()
        .trouble()
        .ifPresent(failure -> {
          page.send("Page.stopLoading", Json.with());
          throw new BrowserException(failure);
        });
  }

  /** What the site says to those without a password; only a GET may be sent once more for that. */
  private void awaitRefusal(String where, long end) throws InterruptedException {
    Optional<Exchange> unauthorized =
        page.traffic().unauthorized().filter(answer -> answer.method.equals("GET"));
    if (unauthorized.isPresent()) {
      String url = unauthorized.get().url;
      page.declineAt(url);
      page.traffic().begin();
      page.driver().get(url);
      awaitPage(where, end);
    }
  }

  /** Chromium follows refreshes by itself; those within the limit are waited for. */
  private void awaitRefreshes(String where, long end) throws InterruptedException {
    for (int i = 0; i < MOST_REFRESHES && refreshLimit >= 0; i++) {
      int before = page.traffic().pages();
      double seconds = refresh();
      if (seconds < 0 || seconds > refreshLimit) {
        return;
      }
      long start = System.nanoTime() + Duration.ofMillis((long) (seconds * 1000) + 2000).toNanos();
      page.traffic().awaitNext(before, Math.min(end, start));
      awaitPage(where, end);
    }
  }

  private double refresh() {
    String header =
        page.traffic().document().stream()
            .flatMap(document -> document.headers().stream())
            .filter(each -> each.name().toLowerCase(Locale.ROOT).equals("refresh"))
            .map(Check.Header::value)
            .findFirst()
            .orElse("");
    try {
      return header.isEmpty()
          ? page.ask("refresh").getAsDouble()
          : Double.parseDouble(header.split("[;,]", 2)[0].strip());
    } catch (RuntimeException e) {
      // No number, or the page has just gone: its follower is asked in turn.
      return page.traffic().loading() ? 0 : -1;
    }
  }

  private BrowserException late(String where) {
    Phase phase = page.traffic().waitingFor();
    page.stop();
    try {
      page.traffic().awaitLoaded(System.nanoTime() + 2 * MOMENT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return timeout(where, phase);
  }

  private static BrowserException timeout(String where, @Nullable Phase phase) {
    String text = "the time was over before the page was there: " + where;
    return new BrowserException(new Failure(ErrorKind.TIMEOUT, phase, text));
  }

  /** Events tell more than WebDriver's exception does, and come by another way. */
  private BrowserException failure(WebDriverException e) {
    page.settle();
    try {
      page.traffic().awaitLoaded(System.nanoTime() + MOMENT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return page.traffic()
        .trouble()
        .map(BrowserException::new)
        .orElseGet(() -> new BrowserException(unexplained(e)));
  }

  private Failure unexplained(WebDriverException e) {
    if (!chromium.alive()) {
      return System.nanoTime() - deadline > 0
          ? new Failure(ErrorKind.TIMEOUT, null, "Chromium was killed: the time was over")
          : new Failure(ErrorKind.INTERNAL, null, "Chromium ended by itself");
    }
    String line = Chromium.firstLine(e);
    return new Failure(ErrorKind.INTERNAL, null, "Chromium's driver says: " + line);
  }
}
