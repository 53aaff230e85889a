package dev.jiggety.agent.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent is killed in the middle of a measurement: nothing of its workers may stay. */
class KilledAgentTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private Optional<Process> agent = Optional.empty();

  @AfterEach
  void end() {
    agent.ifPresent(Process::destroyForcibly);
    WorkerFolder.sweep(workers());
  }

  @Test
  void workersEndWithTheirAgent() throws Exception {
    start("offspring and loop");
    Living.awaitMeasuring(workers());
    assertThat(Living.processes(workers())).hasSizeGreaterThanOrEqualTo(2);
    kill();
    await().atMost(PATIENCE).until(() -> Living.processes(workers()), List::isEmpty);
    await().until(() -> !Files.exists(workers()));
  }

  @Test
  void whatCouldNotEndItselfEndsWhenTheNextAgentStarts() throws Exception {
    start("offspring and loop");
    long worker = Living.awaitMeasuring(workers());
    Living.signal(worker, "STOP");
    kill();
    assertThat(Living.processes(workers())).hasSizeGreaterThanOrEqualTo(2);
    start();
    await().atMost(PATIENCE).until(() -> Living.processes(workers()), List::isEmpty);
    await().until(() -> Living.folders(workers()), List::isEmpty);
  }

  @Test
  void whatAKilledWorkerStartedEndsAsWell() throws Exception {
    start("offspring and loop");
    long worker = Living.awaitMeasuring(workers());
    Living.signal(worker, "KILL");
    await().atMost(PATIENCE).until(() -> Living.processes(workers()), List::isEmpty);
    await().until(() -> Living.folders(workers()), List::isEmpty);
  }

  private Path workers() {
    return folder.resolve("workers");
  }

  private void start(String... acts) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            PoolProcess.class.getName(),
            workers().toString());
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).inheritIO();
    builder.command().addAll(List.of(acts));
    agent = Optional.of(builder.start());
  }

  private void kill() throws InterruptedException {
    Process process = agent.orElseThrow().destroyForcibly();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }
}
