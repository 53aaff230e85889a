package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.agent.bench.Installed;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.couch.Provisioner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A node that is suspended for seconds, as by a laptop's lid or a busy host of its machine. */
@EnabledOnOs({OS.LINUX, OS.MAC}) // elsewhere there is no SIGSTOP
class FrozenNodeTest {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration FROZEN = Duration.ofSeconds(4);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void whatItMissedIsAccountedForAndWhatItTouchedIsNotBlamedOnTheSite(@TempDir Path folder)
      throws Exception {
    try (WatchedSite site = WatchedSite.open();
        JiggetyProcess server =
            JiggetyProcess.start(
                "hub",
                "--port",
                "0",
                "--data",
                folder.resolve("hub").toString(),
                "--admin-party")) {
      String line = server.awaitLine("hub is listening on ");
      String url = line.substring(line.indexOf("http")).strip();
      install(url, site);
      try (JiggetyProcess node =
          JiggetyProcess.start(
              "node", "--name", "n1", "--data", folder.resolve("n1").toString(), "--hub", url)) {
        await().atMost(PATIENCE).until(() -> site.visits("shop") > 3 && site.visits("slow") > 1);
        freezeInTheMiddleOfAMeasurement(node, site);
        int before = site.visits("shop");
        await().atMost(PATIENCE).until(() -> site.visits("shop") > before + 3);
        assertThat(node.terminate()).isLessThanOrEqualTo(143);
      }
      ResultsOnHub results = ResultsOnHub.read(url);
      results.assertNothingDoubled().assertEverySlotAccounted(EVERY);
      assertThat(results.skipped()).isGreaterThanOrEqualTo(2);
      List<Run> runs = results.runs();
      assertThat(runs).extracting(Run::verdict).containsOnly(Verdict.UP);
      assertThat(runs.stream().flatMap(run -> run.retried().stream()))
          .as("the measurement that stood still with the node was taken again")
          .anySatisfy(sample ->
              assertThat(sample.hiccup()).isGreaterThan(FROZEN.minus(Duration.ofSeconds(1))));
      assertThat(runs.stream().flatMap(run -> run.samples().stream()))
          .extracting(Sample::passed)
          .containsOnly(true);
    }
  }

  private static void install(String url, WatchedSite site) {
    TestDefinition shop =
        TestDefinition.builder("shop", Check.Http.get(site.url("shop")))
            .schedule(new Schedule.Every(EVERY))
            .build();
    TestDefinition slow =
        TestDefinition.builder("slow", Check.Http.get(site.url("slow")))
            .schedule(new Schedule.Every(EVERY))
            .timeout(Duration.ofSeconds(30))
            .assertions(List.of(Assertion.that(Target.TOTAL, Operator.LESS_THAN, "3s")))
            .build();
    try (Hub hub = Hub.open(HubAddress.parse(url, Optional.empty()), HubOptions.DEFAULT)) {
      new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
      Installed.put(hub, DatabaseNames.DEFAULT, List.of(shop, slow));
    }
  }

  private static void freezeInTheMiddleOfAMeasurement(JiggetyProcess node, WatchedSite site) {
    site.hold("slow");
    int before = site.visits("slow");
    await().atMost(PATIENCE).until(() -> site.visits("slow") > before);
    node.signal("STOP");
    Instant end = Instant.now().plus(FROZEN);
    await().atMost(PATIENCE).until(() -> Instant.now().isAfter(end));
    site.release("slow");
    node.signal("CONT");
  }
}
