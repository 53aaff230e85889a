package dev.jiggety.agent.probe.page;

import dev.jiggety.agent.browser.Browser;
import dev.jiggety.agent.browser.BrowserEngine;
import dev.jiggety.agent.browser.BrowserException;
import dev.jiggety.agent.browser.BrowserFolder;
import dev.jiggety.agent.browser.BrowserOptions;
import dev.jiggety.agent.browser.Engines;
import dev.jiggety.agent.browser.View;
import dev.jiggety.agent.judge.Answer;
import dev.jiggety.agent.judge.Judge;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Findings;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import dev.jiggety.model.rules.Placeholders;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures tests of kind {@code page}. Each sample has a browser of its own with nothing in it; its
 * time begins when the browser is open. See docs/guide/pages.md.
 */
public final class PageProbe implements Probe {
  /** How much of the page assertions see, in characters. */
  private static final int KEPT = 4 << 20;

  private static final String LOAD = "loadEventEnd";

  private final Supplier<List<BrowserEngine>> engines;
  private final InstantSource clock;
  private final LongSupplier nanos;

  /** The probe as it is used: the engines that are there, the machine's clocks. */
  public PageProbe() {
    this(Engines::all, InstantSource.system(), System::nanoTime);
  }

  PageProbe(Supplier<List<BrowserEngine>> engines, InstantSource clock, LongSupplier nanos) {
    this.engines = engines;
    this.clock = clock;
    this.nanos = nanos;
  }

  @Override
  public String kind() {
    return Check.Page.KIND;
  }

  @Override
  public boolean isolated() {
    return true;
  }

  @Override
  public List<Problem> problems(Check check) {
    return check instanceof Check.Page page
        ? Engines.lacking(engines.get(), page.engine()).stream()
            .map(text -> new Problem("page.engine", text))
            .toList()
        : List.of();
  }

  @Override
  public Sample measure(Request request) {
    Instant startedAt = clock.instant();
    if (!(request.check() instanceof Check.Page page)) {
      return broken(startedAt, internal("not a page test: " + request.check().kind()));
    }
    try (BrowserFolder folder = BrowserFolder.create()) {
      String url = Placeholders.fillUrl(page.url(), request::value);
      long deadline = nanos.getAsLong() + request.timeout().plus(page.preparation()).toNanos();
      BrowserOptions options =
          new BrowserOptions(
              Placeholders.fill(page.connection(), request::value),
              true,
              page.width(),
              page.height(),
              deadline,
              folder.path());
      try (Browser browser = Engines.usable(engines.get(), page.engine()).open(options)) {
        browser.timeout(request.timeout());
        return new Look(browser, clock.instant(), nanos.getAsLong()).at(url, page, request);
      }
    } catch (BrowserException e) {
      return broken(startedAt, e.failure());
    } catch (Placeholders.UndefinedException | IllegalArgumentException e) {
      return broken(startedAt, internal("page: " + e.getMessage()));
    } catch (IOException e) {
      return broken(startedAt, internal("no folder for the browser: " + e.getMessage()));
    }
  }

  /** One look at one page. */
  private final class Look {
    private final Browser browser;
    private final Instant startedAt;
    private final long start;

    Look(Browser browser, Instant startedAt, long start) {
      this.browser = browser;
      this.startedAt = startedAt;
      this.start = start;
    }

    Sample at(String url, Check.Page page, Request request) {
      PageLoad load;
      try {
        load = browser.load(url, page.settle());
      } catch (BrowserException e) {
        return sample(sinceStart(), 0, browser.bytes(), e.failure(), null);
      }
      Duration total = total(load, page.settle());
      View view = browser.view();
      Failure failure =
          Judge.check(request.filledAssertions(), answer(view, load, total)).orElse(null);
      return sample(total, view.status(), load.bytes(), failure, load);
    }

    private Answer answer(View view, PageLoad load, Duration total) {
      String html = view.html();
      boolean whole = html.length() <= KEPT;
      OptionalLong days = browser.certificateDays();
      return Answer.builder()
          .status(view.status())
          .headers(view.headers())
          .body(whole ? html : html.substring(0, KEPT), whole)
          .bytes(load.bytes())
          .total(total)
          .certificate(
              days.isPresent() ? new Answer.Certificate(days.getAsLong(), "", List.of()) : null)
          .page(load)
          .build();
    }

    /**
     * Up to the load event; with time to settle, up to the end of the last request that came within
     * it. The quiet after that belongs to nobody.
     */
    private Duration total(PageLoad load, Duration settle) {
      Duration total = load.milestones().getOrDefault(LOAD, sinceStart());
      if (settle.isZero()) {
        return total;
      }
      return load.resources().stream()
          .map(resource -> resource.start().plus(resource.duration()))
          .reduce(total, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }

    private Sample sample(
        Duration total,
        int status,
        long bytes,
        @Nullable Failure failure,
        @Nullable PageLoad load) {
      Findings findings =
          new Findings(List.of(), List.of(), load, failure == null ? null : Evidences.of(browser));
      return new Sample(
          startedAt,
          total,
          Phases.NONE,
          status,
          bytes,
          List.of(),
          failure,
          Duration.ZERO,
          findings);
    }

    private Duration sinceStart() {
      return Duration.ofNanos(nanos.getAsLong() - start);
    }
  }

  private static Failure internal(String text) {
    return new Failure(ErrorKind.INTERNAL, null, text);
  }

  private static Sample broken(Instant startedAt, Failure failure) {
    return new Sample(
        startedAt, Duration.ZERO, Phases.NONE, 0, 0, List.of(), failure, Duration.ZERO);
  }
}
