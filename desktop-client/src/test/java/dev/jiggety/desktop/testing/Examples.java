package dev.jiggety.desktop.testing;

import dev.jiggety.model.Assertion;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Check;
import dev.jiggety.model.Degraded;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tests, nodes and results that look like those of a small shop. */
public final class Examples {
  public static final List<String> NODES = List.of("berlin-1", "dublin-1", "oslo-1");

  private Examples() {}

  /** A test every ten seconds. */
  public static TestDefinition test(String id, String name, String... tags) {
    return TestDefinition.builder(id, Check.Http.get("http://127.0.0.1:8080/" + id))
        .name(name)
        .tags(List.of(tags))
        .schedule(new Schedule.Every(Duration.ofSeconds(10)))
        .timeout(Duration.ofSeconds(5))
        .degraded(new Degraded(Duration.ofMillis(400), Map.of()))
        .assertions(
            List.of(Assertion.that(Assertion.Target.STATUS, Assertion.Operator.IN, "200-299")))
        .build();
  }

  /** A run with one sample; {@code failure} null for one that passed. */
  public static Run run(
      String testId, String node, Instant planned, Duration total, @Nullable Failure failure) {
    long nanos = total.toNanos();
    Phases phases =
        Phases.ofNanos(
            nanos / 100,
            nanos / 20,
            nanos / 10,
            Phases.ABSENT,
            nanos / 50,
            nanos * 6 / 10,
            nanos / 10);
    Sample sample =
        new Sample(
            planned.plusMillis(2),
            total,
            failure == null ? phases : Phases.of(Map.of(Phase.WAIT, total)),
            failure == null ? 200 : 500,
            5_120,
            List.of(),
            failure,
            Duration.ZERO);
    Verdict verdict =
        failure != null ? Verdict.DOWN : total.toMillis() > 400 ? Verdict.DEGRADED : Verdict.UP;
    return new Run(
        testId, node, planned, Duration.ofMillis(2), List.of(sample), List.of(), verdict);
  }

  /** A run that passed. */
  public static Run run(String testId, String node, Instant planned, Duration total) {
    return run(testId, node, planned, total, null);
  }

  /** A failure with status 500. */
  public static Failure broken() {
    return new Failure(ErrorKind.ASSERTION, Phase.WAIT, "status is 500, expected one of 200-299");
  }

  /** A batch of one node. */
  public static Batch batch(String node, long seq, Run... runs) {
    return new Batch(node, "s1", seq, runs[0].startedAt(), List.of(runs), List.of());
  }

  public static NodeStatus node(String name, Instant heartbeat) {
    return new NodeStatus(
        name,
        new TreeSet<>(List.of("eu")),
        "0.1.0",
        heartbeat.minusSeconds(3600),
        heartbeat,
        6,
        0,
        0,
        Duration.ofMillis(3),
        Duration.ZERO,
        heartbeat,
        null);
  }

  /** Half an hour of a shop with six tests on three nodes: some fine, one slow, one broken. */
  public static void fillShop(FakeHub hub, Instant now) {
    List<TestDefinition> tests =
        List.of(
            test("home", "Home page", "shop"),
            test("product", "Product page", "shop"),
            test("search", "Search", "shop", "api"),
            test("login", "Login", "account"),
            test("checkout", "Checkout", "shop", "payment"),
            test("newsletter", "Newsletter sign-up", "account").toBuilder().active(false).build());
    tests.forEach(hub::put);
    Random random = new Random(7);
    long seq = 0;
    for (String node : NODES) {
      hub.report(node(node, now.minusSeconds(1)));
      int far = NODES.indexOf(node) * 18;
      for (int age = 180; age >= 1; age--) {
        Instant at = now.minusSeconds(age * 10L + NODES.indexOf(node) * 3L);
        List<Run> runs = new ArrayList<>();
        for (TestDefinition test : tests.subList(0, 5)) {
          runs.add(shopRun(test.id(), node, at, age, far, random));
        }
        hub.results(batch(node, ++seq, runs.toArray(Run[]::new)));
      }
    }
  }

  private static Run shopRun(String id, String node, Instant at, int age, int far, Random random) {
    double base = 40 + far + id.length() * 9 + random.nextGaussian() * 6;
    if (random.nextInt(40) == 0) {
      base *= 3;
    }
    if (id.equals("search") && age < 60) {
      base += (60 - age) * 11;
    }
    boolean down =
        (id.equals("checkout") && age < 14) || (id.equals("login") && age > 90 && age < 100);
    return run(
        id, node, at, Duration.ofNanos((long) (Math.max(5, base) * 1e6)), down ? broken() : null);
  }
}
