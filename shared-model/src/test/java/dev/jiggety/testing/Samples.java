package dev.jiggety.testing;

import dev.jiggety.base.ClockOffset;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Check;
import dev.jiggety.model.Degraded;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Hop;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Placement;
import dev.jiggety.model.Quorum;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.Step;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Values of the model to test with. Samples with every field set are there for round trips. */
public final class Samples {
  private Samples() {}

  /** A test as short as can be. */
  public static TestDefinition test(String id) {
    return TestDefinition.builder(id, Check.Http.get("https://shop.example/")).build();
  }

  /** A test in which nothing is as it is by default. */
  public static TestDefinition fullTest(String id) {
    return TestDefinition.builder(
            id,
            Check.Http.of(
                    HttpRequest.get("https://shop.example/search?q=ä")
                        .withMethod("POST")
                        .withHeaders(
                            List.of(
                                new Check.Header("Accept", "text/html"),
                                new Check.Header("X-Empty", "")))
                        .withBody(new HttpBody.Text("q=\"tea\"\n")))
                .withRedirects(new Check.Redirects(false, 3)))
        .name("Search: \"tea\" – 'all'")
        .active(false)
        .tags(List.of("shop", "search"))
        .schedule(new Schedule.Cron("*/5 8-18 * * 1-5", ZoneId.of("Europe/Berlin")))
        .where(new Placement(new TreeSet<>(List.of("eu")), new TreeSet<>(List.of("node-1"))))
        .samples(3)
        .timeout(Duration.ofMillis(2500))
        .retries(new Retries(2, Duration.ofMillis(500)))
        .quorum(new Quorum.AtLeast(2))
        .degraded(
            new Degraded(
                Duration.ofMillis(800),
                Map.of(Phase.DNS, Duration.ofMillis(50), Phase.WAIT, Duration.ofMillis(400)),
                new Degraded.Percentile(90, Duration.ofMinutes(5), Duration.ofMillis(600))))
        .depends(List.of("home"))
        .assertions(
            List.of(
                Assertion.that(Target.STATUS, Operator.IN, "200-299,304"),
                new Assertion(Target.HEADER, "content-type", Operator.CONTAINS, false, "html"),
                new Assertion(Target.BODY, "", Operator.MATCHES, true, "(?i)error: \\d+"),
                Assertion.that(Target.CERTIFICATE_DAYS, Operator.GREATER_THAN, "14")))
        .build();
  }

  /** A batch with one quick run. */
  public static Batch batch(String node, long seq, Instant at) {
    return new Batch(node, "s1", seq, at, List.of(run("shop", node, at)), List.of());
  }

  /** A run that is up. */
  public static Run run(String testId, String node, Instant at) {
    return new Run(
        testId, node, at, Duration.ofMillis(2), List.of(sample(at)), List.of(), Verdict.UP);
  }

  /** A sample that passed in 12 ms. */
  public static Sample sample(Instant at) {
    return new Sample(
        at,
        Duration.ofMillis(12),
        Phases.of(Map.of(Phase.WAIT, Duration.ofMillis(10))),
        200,
        1024,
        List.of(),
        null,
        Duration.ZERO);
  }

  /** A batch in which every field is set. */
  public static Batch fullBatch(Instant at) {
    Phases hop =
        Phases.of(
            Map.of(
                Phase.DNS, Duration.ofNanos(1_234_000),
                Phase.CONNECT, Duration.ofMillis(2),
                Phase.SSL, Duration.ofMillis(3),
                Phase.WAIT, Duration.ZERO));
    Sample failed =
        new Sample(
            at,
            Duration.ofNanos(10_000_001_000L),
            hop.plus(hop),
            503,
            17,
            List.of(
                new Hop("http://shop.example/", 301, hop),
                new Hop("https://shop.example/", 503, hop)),
            new Failure(ErrorKind.ASSERTION, Phase.RECEIVE, "expected 200, found 503"),
            Duration.ofMillis(7),
            findings(hop));
    Sample internal =
        new Sample(
            at.plusMillis(1),
            Duration.ZERO,
            Phases.NONE,
            0,
            0,
            List.of(),
            new Failure(ErrorKind.INTERNAL, null, "no memory"),
            Duration.ZERO);
    Run run =
        new Run(
            "shop",
            "node-1",
            at,
            Duration.ofNanos(15_000),
            List.of(failed, sample(at)),
            List.of(internal),
            Verdict.DOWN);
    SkippedSlots skipped =
        new SkippedSlots(
            "search",
            SkippedSlots.Why.SUPPRESSED,
            at,
            at.plusSeconds(60),
            3,
            "in a maintenance window");
    return new Batch(
        "node-1",
        "s7",
        42,
        at,
        List.of(run),
        List.of(skipped),
        new ClockOffset(Duration.ofMillis(-340), Duration.ofMillis(25)));
  }

  /** Findings in which every field is set. */
  public static Findings findings(Phases phases) {
    return new Findings(
        List.of(
            new Step(
                "log in", 3, Duration.ofMillis(1), Duration.ofMillis(4), phases, null, "hello"),
            new Step(
                "buy",
                4,
                Duration.ofMillis(5),
                Duration.ofMillis(6),
                Phases.NONE,
                new Failure(ErrorKind.TIMEOUT, Phase.WAIT, "no answer"))),
        List.of(new Findings.Chunk(Duration.ZERO, 5), new Findings.Chunk(Duration.ofMillis(2), 17)),
        new PageLoad(
            "chromium",
            Map.of("loadEventEnd", Duration.ofMillis(9)),
            2,
            4096,
            List.of(
                new PageLoad.Resource(
                    "https://shop.example/a.js",
                    "script",
                    404,
                    12,
                    Duration.ofMillis(3),
                    Duration.ofMillis(4),
                    true)),
            1,
            1,
            List.of("a is not defined")),
        new Evidence(
            "https://shop.example/cart",
            503,
            List.of(new Check.Header("content-type", "text/html")),
            "<h1>Sorry</h1>",
            List.of("login: user, password"),
            List.of("Home /"),
            new Picture("image/png", "iVBORw0KGgo="),
            List.of("3 more links")),
        Instant.parse("2026-12-01T00:00:00Z"));
  }

  /** What a node says of itself, every field set. */
  public static NodeStatus node(String name, Instant at) {
    return new NodeStatus(
        name,
        new TreeSet<>(List.of("eu", "dsl")),
        "1.2.3",
        at.minusSeconds(60),
        at,
        12,
        345,
        1,
        Duration.ofMillis(15),
        Duration.ofMillis(-250),
        at.minusSeconds(1),
        null);
  }
}
