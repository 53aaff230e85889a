package dev.jiggety.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.base.HostAndPort;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over real sockets; a target is cut by closing its socket. */
class ReferenceTargetsTest {
  private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
  private final ReferenceTargets targets = new ReferenceTargets(nanos::get);

  @Test
  void withoutTargetsANodeIsNeverCutOff() throws Exception {
    assertThat(targets.isolation()).isEmpty();
  }

  @Test
  void oneTargetThatAnswersIsEnough() throws Exception {
    try (ServerSocket there = open()) {
      targets.use(List.of(gone(), place(there)));
      assertThat(targets.isolation()).isEmpty();
    }
  }

  @Test
  void whenAllOfThemAreCutItIsTheNodeUntilOneIsBack() throws Exception {
    ServerSocket there = open();
    targets.use(List.of(place(there)));
    assertThat(targets.isolation()).isEmpty();
    there.close();
    assertThat(targets.isolation()).as("shared for a moment").isEmpty();
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(targets.isolation())
        .hasValueSatisfying(why ->
            assertThat(why)
                .isEqualTo(
                    "this node reaches none of its reference targets (127.0.0.1:"
                        + there.getLocalPort()
                        + ")"));
    try (ServerSocket back = open()) {
      targets.use(List.of(place(back))); // another list is asked at once
      assertThat(targets.isolation()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"DNS", "REFUSED", "RESET", "TIMEOUT"})
  void aNodeThatIsCutOffDoesNotBlameTheSite(ErrorKind kind) throws Exception {
    targets.use(List.of(gone()));
    Run run = run(kind);
    assertThat(run.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(run.samples().getFirst().failure())
        .satisfies(failure -> {
          assertThat(failure.kind()).isEqualTo(ErrorKind.ISOLATED);
          assertThat(failure.text()).contains("reference targets").endsWith("; here: broken");
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"TLS", "PROTOCOL", "ASSERTION", "SLOW", "LIMIT"})
  void whereSomethingAnsweredItIsTheSite(ErrorKind kind) throws Exception {
    targets.use(List.of(gone()));
    assertThat(run(kind).verdict()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void aNodeThatReachesOthersBlamesTheSite() throws Exception {
    try (ServerSocket there = open()) {
      targets.use(List.of(place(there)));
      assertThat(run(ErrorKind.TIMEOUT).verdict()).isEqualTo(Verdict.DOWN);
    }
  }

  private Run run(ErrorKind kind) throws InterruptedException {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    try (HiccupMeter meter = new HiccupMeter()) {
      return new RunExecutor(
              _ -> Optional.of(new Failing(kind)),
              Isolation.NONE,
              meter,
              InstantSource.fixed(now),
              2,
              _ -> {},
              RunExecutor.Monitor.NONE,
              Secrets.NONE,
              targets)
          .run(
              TestDefinition.builder("home", Check.Http.get("http://shop.example/")).build(),
              "berlin",
              now);
    }
  }

  private record Failing(ErrorKind error) implements Probe {
    @Override
    public String kind() {
      return "http";
    }

    @Override
    public Sample measure(Request request) {
      return new Sample(
          Instant.EPOCH,
          Duration.ZERO,
          Phases.NONE,
          0,
          0,
          List.of(),
          new Failure(error, null, "broken"),
          Duration.ZERO);
    }
  }

  private static ServerSocket open() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static HostAndPort place(ServerSocket socket) {
    return new HostAndPort("127.0.0.1", socket.getLocalPort());
  }

  private static HostAndPort gone() throws IOException {
    try (ServerSocket socket = open()) {
      return place(socket);
    }
  }
}
