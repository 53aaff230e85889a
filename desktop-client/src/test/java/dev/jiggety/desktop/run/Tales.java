package dev.jiggety.desktop.run;

import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Hop;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Step;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Runs that tell something. */
public final class Tales {
  /** A picture of one red point. */
  public static final String POINT =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

  private Tales() {}

  private static Duration ms(double millis) {
    return Duration.ofNanos((long) (millis * 1e6));
  }

  /** A request that was sent elsewhere once, and came back well. */
  public static Run redirected(String node, Instant at) {
    Phases first =
        Phases.of(
            Map.of(Phase.DNS, ms(8), Phase.CONNECT, ms(11), Phase.SEND, ms(1), Phase.WAIT, ms(30)));
    Phases second =
        Phases.of(
            Map.of(
                Phase.CONNECT, ms(12),
                Phase.SSL, ms(24),
                Phase.SEND, ms(1),
                Phase.WAIT, ms(81),
                Phase.RECEIVE, ms(17)));
    Sample sample =
        new Sample(
            at,
            ms(186),
            first.plus(second),
            200,
            48_200,
            List.of(
                new Hop("http://shop.example/", 301, first),
                new Hop("https://shop.example/", 200, second)),
            null,
            Duration.ZERO,
            Findings.certificate(at.plus(Duration.ofDays(9))));
    return new Run("home", node, at, ms(3), List.of(sample), List.of(), Verdict.UP);
  }

  /** A page whose third step failed, with all that can be told of it. */
  public static Run brokenCheckout(String node, Instant at, Picture picture) {
    Phases phases = Phases.of(Map.of(Phase.DNS, ms(4), Phase.WAIT, ms(260), Phase.RECEIVE, ms(40)));
    Failure failure =
        new Failure(ErrorKind.ASSERTION, Phase.WAIT, "the page does not say “Thank you”");
    Findings findings =
        new Findings(
            List.of(
                new Step("go https://shop.example/", 1, ms(0), ms(304), phases, null),
                new Step("submit", 4, ms(304), ms(410), phases, null, "order 4711"),
                new Step("find \"Thank you\"", 5, ms(714), ms(6), Phases.NONE, failure)),
            List.of(),
            new PageLoad(
                "Chromium 140",
                Map.of("domInteractive", ms(310), "loadEventEnd", ms(702)),
                23,
                812_000,
                List.of(
                    resource("https://shop.example/", "document", 200, 0, 260, false),
                    resource("https://shop.example/app.js", "script", 200, 262, 180, false),
                    resource("https://shop.example/hero.jpg", "image", 200, 270, 400, false),
                    resource("https://api.shop.example/pay", "fetch", 0, 480, 200, true)),
                1,
                1,
                List.of("Uncaught TypeError: pay is undefined")),
            new Evidence(
                "https://shop.example/checkout",
                200,
                List.of(
                    new Check.Header("content-type", "text/html; charset=utf-8"),
                    new Check.Header("server", "nginx")),
                "<!doctype html>\n<h1>Something went wrong</h1>\n",
                List.of("pay: card, name, cvc"),
                List.of("Home https://shop.example/", "Help https://shop.example/help"),
                picture,
                List.of("41 more links")));
    Sample failed =
        new Sample(
            at, ms(720), phases.plus(phases), 200, 812_000, List.of(), failure, ms(35), findings);
    Sample retried =
        new Sample(at.minusSeconds(2), ms(690), phases, 200, 811_000, List.of(), failure, ms(0));
    return new Run("checkout", node, at, ms(240), List.of(failed), List.of(retried), Verdict.DOWN);
  }

  private static PageLoad.Resource resource(
      String url, String type, int status, double start, double length, boolean failed) {
    return new PageLoad.Resource(url, type, status, 12_000, ms(start), ms(length), failed);
  }
}
