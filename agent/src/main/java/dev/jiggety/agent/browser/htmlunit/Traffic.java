package dev.jiggety.agent.browser.htmlunit;

import dev.jiggety.agent.exchange.HopAnswer;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Hop;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.htmlunit.WebRequest.FetchDestination;

/** The requests that a browser made. Safe for any thread. */
final class Traffic {
  private static final int MOST_HOPS = 2000;
  private static final int MOST_RESOURCES = 60;
  private static final int LONGEST_URL = 300;

  private final List<Hop> hops = new ArrayList<>();
  private final List<PageLoad.Resource> resources = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private long navigation = System.nanoTime();
  private int requests;
  private int failed;
  private long pageBytes;
  private long bytes;
  private Duration responseStart = Duration.ZERO;
  private Duration responseEnd = Duration.ZERO;

  /** A page begins. */
  synchronized void begin(long now) {
    navigation = now;
    resources.clear();
    errors.clear();
    requests = 0;
    failed = 0;
    pageBytes = 0;
    responseStart = Duration.ZERO;
    responseEnd = Duration.ZERO;
  }

  synchronized void add(HopAnswer answer, FetchDestination destination, long start) {
    if (hops.size() < MOST_HOPS) {
      hops.add(new Hop(answer.url(), answer.status(), answer.phases()));
    }
    requests++;
    bytes += answer.body().bytes();
    pageBytes += answer.body().bytes();
    Duration end = since(answer.end());
    Failure failure = answer.failure();
    if (destination == FetchDestination.DOCUMENT) {
      responseStart = end.minusNanos(Math.max(0, answer.phases().nanos(Phase.RECEIVE)));
      responseEnd = end;
    }
    resources.add(
        new PageLoad.Resource(
            cut(answer.url()),
            type(destination),
            answer.status(),
            answer.body().bytes(),
            since(start),
            end.minus(since(start)),
            failure != null));
    if (failure != null || answer.status() >= 400) {
      failed++;
      String why = failure != null ? failure.text() : "HTTP status " + answer.status();
      errors.add(cut(answer.url()) + ": " + why);
    }
    if (resources.size() >= 2 * MOST_RESOURCES) {
      keepSlowest();
    }
  }

  synchronized List<Hop> takeHops() {
    List<Hop> taken = List.copyOf(hops);
    hops.clear();
    return taken;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized long pageBytes() {
    return pageBytes;
  }

  synchronized int requests() {
    return requests;
  }

  synchronized int failed() {
    return failed;
  }

  synchronized List<String> errors() {
    return List.copyOf(errors);
  }

  synchronized Duration responseStart() {
    return responseStart;
  }

  synchronized Duration responseEnd() {
    return responseEnd;
  }

  /** Since the page began. */
  synchronized Duration since(long at) {
    return Duration.ofNanos(at - navigation);
  }

  /** The slowest ones, in order of their start. */
  synchronized List<PageLoad.Resource> resources() {
    keepSlowest();
    return resources.stream().sorted(Comparator.comparing(PageLoad.Resource::start)).toList();
  }

  private void keepSlowest() {
    resources.sort(Comparator.comparing(PageLoad.Resource::duration).reversed());
    if (resources.size() > MOST_RESOURCES) {
      resources.subList(MOST_RESOURCES, resources.size()).clear();
    }
  }

  private static String type(FetchDestination destination) {
    return switch (destination) {
      case DOCUMENT, IFRAME, FRAME -> "document";
      case SCRIPT, WORKER, SHARED_WORKER, SERVICE_WORKER -> "script";
      case STYLE -> "stylesheet";
      case IMAGE -> "image";
      case FONT -> "font";
      case EMPTY -> "fetch";
      default -> "other";
    };
  }

  private static String cut(String url) {
    return url.length() <= LONGEST_URL ? url : url.substring(0, LONGEST_URL) + "…";
  }
}
