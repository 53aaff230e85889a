package dev.jiggety.agent.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jiggety.agent.probe.BrokenProbeException;
import dev.jiggety.agent.probe.HiccupMeter;
import dev.jiggety.agent.probe.Isolation;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.agent.probe.RunExecutor;
import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.agent.probe.WorkerLostException;
import dev.jiggety.base.Secret;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real worker processes, and probes that do to them what pages might. */
class WorkerPoolTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** They start sooner; what they measure here needs no practice. */
  static final String UNPRACTISED = "-Djiggety.worker.practice=false";

  @TempDir private static Path folder;
  @TempDir private Path ownFolder;
  private static WorkerPool pool;
  private static Isolation places;

  @BeforeAll
  static void open() {
    pool =
        WorkerPool.open(
            WorkerOptions.in(folder)
                .withWorkers(2)
                .withMegabytes(64)
                .withLife(100, PATIENCE)
                .withJava(UNPRACTISED));
    places = pool.places(1);
  }

  @AfterAll
  static void nothingIsLeft() {
    pool.close();
    await().until(() -> Living.processes(folder), List::isEmpty);
    await().until(() -> Living.folders(folder), List::isEmpty);
  }

  @Test
  void aWorkerIsUsedAgain() throws Exception {
    String first = said("pid");
    assertThat(said("pid")).isEqualTo(first);
    assertThat(pool.size()).isEqualTo(1);
  }

  @Test
  void whatLibrariesPrintIsNoMessage() throws Exception {
    assertThat(said("print")).isEmpty();
  }

  @Test
  void secretsTravelByThePipeAlone() throws Exception {
    Probe.Request request =
        new Probe.Request(
            TroubleProbe.check("secret"),
            Duration.ofSeconds(10),
            List.of(),
            Map.of("token", Secret.of("tübe§roses")));
    assertThat(text(take(request))).isEqualTo("tübe§roses");
    assertThat(said("environment"))
        .contains("CLASSPATH")
        .doesNotContain("tübe§roses", "SSH", "MAVEN", System.getProperty("java.class.path"));
  }

  @ParameterizedTest
  @CsvSource({
    "loop,TIMEOUT,the test did not end within 1s",
    "offspring and loop,TIMEOUT,the test did not end within 1s",
    "allocate,LIMIT,the test took more than 64 MB",
  })
  void whatAPageDoesIsTheSitesFault(String act, ErrorKind kind, String text) throws Exception {
    Sample sample = measure(act, Duration.ofSeconds(1));
    assertThat(sample.failure().text()).isEqualTo(text);
    assertThat(sample.failure().kind()).isEqualTo(kind);
    assertThat(said("nothing")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "exit,exit code 7",
    "halt like no memory,exit code 3",
    "garbage,what it writes is no message",
    "oversized,its message is too long",
    "half,its message is cut off",
  })
  void aWorkerThatIsLostSaysWhy(String act, String reason) throws Exception {
    assertThatThrownBy(() -> measure(act, PATIENCE))
        .isInstanceOfSatisfying(
            WorkerLostException.class, lost -> assertThat(lost.crashed()).isTrue())
        .hasMessageContaining(reason);
    assertThat(said("nothing")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"throw,IllegalArgumentException", "overflow,StackOverflowError"})
  void whatAProbeThrowsIsNamed(String act, String name) {
    assertThatThrownBy(() -> measure(act, PATIENCE))
        .isInstanceOf(BrokenProbeException.class)
        .hasMessage(name);
  }

  @Test
  void aWorkerThatIsKilledFromOutsideIsOurTrouble() throws Exception {
    Future<Sample> sample = inBackground(() -> measure("offspring and loop", PATIENCE));
    long worker = Living.awaitMeasuring(folder);
    Living.signal(worker, "KILL");
    assertThatThrownBy(sample::get)
        .cause()
        .isInstanceOfSatisfying(
            WorkerLostException.class, lost -> assertThat(lost.crashed()).isFalse())
        .hasMessageContaining("killed from outside, by signal 9");
  }

  @Test
  void aWorkerThatStandsStillIsOurTrouble() throws Exception {
    Future<Sample> sample =
        inBackground(() -> measure("offspring and loop", Duration.ofSeconds(4)));
    long worker = Living.awaitMeasuring(folder);
    Living.signal(worker, "STOP");
    assertThatThrownBy(sample::get)
        .hasCauseInstanceOf(WorkerLostException.class)
        .hasMessageContaining("stood still");
    assertThat(said("nothing")).isEmpty();
  }

  @Test
  void whatAMeasurementStartedEndsWithIt() throws Exception {
    assertThat(said("offspring")).isEmpty();
    String worker = said("pid");
    assertThat(Living.processes(folder)).containsExactly(Long.parseLong(worker));
    assertThat(Living.folders(Living.folders(folder).getFirst().resolve("tmp"))).isEmpty();
  }

  @Test
  void whoeverWaitsForAWorkerIsLateAndNotSlow() throws Exception {
    Isolation one = pool.places(1);
    Isolation.Place held = one.take();
    try (HiccupMeter meter = new HiccupMeter()) {
      RunExecutor executor =
          new RunExecutor(
              Probes::find, one, meter, InstantSource.system(), 1, RunExecutor.Pause.SLEEP);
      Instant planned = Instant.now();
      Future<Run> waiting = inBackground(() -> executor.run(test("nothing"), "here", planned));
      assertThatThrownBy(() -> waiting.get(600, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      held.close();
      Run run = waiting.get();
      assertThat(run.lateness()).isGreaterThan(Duration.ofMillis(500));
      assertThat(run.samples().getFirst().startedAt()).isAfterOrEqualTo(planned.plusMillis(500));
      assertThat(run.samples().getFirst().total()).isLessThan(Duration.ofMillis(500));
    }
  }

  @Test
  void ourTroubleGetsASecondChanceAndThenIsUnknown() throws Exception {
    List<String> broke = new ArrayList<>();
    try (HiccupMeter meter = new HiccupMeter()) {
      RunExecutor executor =
          new RunExecutor(
              Probes::find,
              places,
              meter,
              InstantSource.system(),
              1,
              RunExecutor.Pause.SLEEP,
              new Broken(broke),
              Secrets.NONE);
      Run run = executor.run(test("exit"), "here", Instant.now());
      assertThat(run.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(run.samples().getFirst().failure().text()).contains("exit code 7");
      assertThat(broke).containsExactly("no", "WorkerLostException");
      assertThat(executor.run(test("allocate"), "here", Instant.now()).verdict())
          .isEqualTo(Verdict.DOWN);
    }
  }

  @Test
  void aWorkerWhoseMemoryStaysFullIsReplaced() throws Exception {
    String first = said("pid");
    assertThat(said("keep")).isEmpty();
    assertThat(said("pid")).isNotEqualTo(first);
  }

  @Test
  void workersAreThereWhenTheyAreNeededAndNotLonger() {
    try (WorkerPool brief =
        WorkerPool.open(
            WorkerOptions.in(ownFolder)
                .withWorkers(2)
                .withJava(UNPRACTISED)
                .withLife(100, Duration.ofMillis(300)))) {
      brief.expect(0);
      assertThat(brief.size()).isZero();
      brief.expect(5);
      await().atMost(PATIENCE).until(() -> brief.size() > 0);
      brief.expect(0);
      await().atMost(PATIENCE).until(() -> brief.size() == 0);
      await().until(() -> Living.processes(ownFolder), List::isEmpty);
      assertThat(Living.folders(ownFolder)).isEmpty();
    }
  }

  @Test
  void aFailingStartIsToldAndTheNextOneMayBeFine() throws Exception {
    WorkerOptions broken = WorkerOptions.in(ownFolder).withJava("-XX:NoSuchOption");
    try (WorkerPool none = WorkerPool.open(broken)) {
      assertThatThrownBy(() -> none.places().take())
          .isInstanceOf(WorkerLostException.class)
          .hasMessageContaining("ended before it could measure, with exit code 1");
      assertThat(none.trouble()).isPresent();
    }
  }

  private record Broken(List<String> told) implements RunExecutor.Monitor {
    @Override
    public void begins(TestDefinition test) {}

    @Override
    public void ends(TestDefinition test, Throwable broke) {
      told.add(broke == null ? "no" : broke.getClass().getSimpleName());
    }
  }

  private static TestDefinition test(String act) {
    return TestDefinition.builder("trouble", TroubleProbe.check(act))
        .timeout(Duration.ofSeconds(1))
        .retries(new Retries(0, Duration.ofSeconds(1)))
        .build();
  }

  private String said(String act) throws InterruptedException {
    return text(measure(act, PATIENCE));
  }

  private static String text(Sample sample) {
    return sample.failure() == null ? "" : sample.failure().text();
  }

  private Sample measure(String act, Duration timeout) throws InterruptedException {
    return take(new Probe.Request(TroubleProbe.check(act), timeout, List.of()));
  }

  private Sample take(Probe.Request request) throws InterruptedException {
    try (Isolation.Place place = places.take()) {
      return place.measure(request);
    }
  }

  private static <T> Future<T> inBackground(Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    Thread.ofVirtual().start(future);
    return future;
  }
}
