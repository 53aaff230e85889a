package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Check;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.testing.InForce;
import dev.jiggety.testing.NpmCouch;
import dev.jiggety.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job with real processes, as the README tells it, and what must hold when they are killed
 * in the middle: nothing lost, nothing doubled, every slot of the schedule accounted for.
 */
class FaultsTest {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final List<String> TESTS = List.of("a", "b", "c", "d", "e");

  @TempDir private Path folder;

  @Test
  void aNodeKilledWhileResultsPourInGoesOnWhereItWas() throws IOException {
    try (WatchedSite site = WatchedSite.open();
        JiggetyProcess hub = hub(Ports.free())) {
      String url = urlOf(hub);
      prepare(url, site);

      killNodeInTheMiddle(url, site);

      ResultsOnHub results =
          ResultsOnHub.read(url).assertNothingDoubled().assertTheHubCountsTheSame();
      results.assertEverySlotAccounted(EVERY);
      assertThat(results.skipped()).as("slots missed while dead").isPositive();
      assertNothingUnseen(results, site);
    }
  }

  @Test
  void theSameAgainstACouchDbThatWeDidNotWrite() throws IOException {
    try (WatchedSite site = WatchedSite.open();
        NpmCouch hub = NpmCouch.start()) {
      String url = hub.url().toString();
      prepare(url, site);

      killNodeInTheMiddle(url, site);

      ResultsOnHub results =
          ResultsOnHub.read(url).assertNothingDoubled().assertTheHubCountsTheSame();
      results.assertEverySlotAccounted(EVERY);
      assertNothingUnseen(results, site);
    }
  }

  @Test
  void aHubKilledAndAwayForAWhileGetsItAllAfterwards() throws IOException {
    int port = Ports.free();
    JiggetyProcess hub = hub(port);
    try (WatchedSite site = WatchedSite.open();
        JiggetyProcess node =
            start("node", "--name", "n1", "--data", data("n1"), "--hub", url(port))) {
      // The node is there before the hub has anything: an absent hub is a normal state.
      urlOf(hub);
      prepare(url(port), site);
      awaitRuns(url(port), 10);

      hub.kill();
      int visited = site.visits("a");
      await().atMost(Duration.ofSeconds(30)).until(() -> site.visits("a") >= visited + 5);
      hub = hub(port);
      urlOf(hub);
      long before = ResultsOnHub.read(url(port)).runs().size();
      awaitRuns(url(port), before + 5L * TESTS.size());

      assertThat(node.terminate()).isIn(0, 143);
      ResultsOnHub results =
          ResultsOnHub.read(url(port)).assertNothingDoubled().assertTheHubCountsTheSame();
      results.assertEverySlotAccounted(EVERY);
      assertThat(results.skipped()).as("a node misses nothing because a hub is away").isZero();
      assertNothingUnseen(results, site);
    } finally {
      hub.close();
    }
  }

  @Test
  void aFullDiskStopsNoTestAndLosesNoAccount() throws IOException, InterruptedException {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 6 << 20);
        WatchedSite site = WatchedSite.open();
        JiggetyProcess hub = hub(Ports.free())) {
      String url = urlOf(hub);
      prepare(url, site);
      String data = disk.folder().resolve("n1").toString();
      try (JiggetyProcess node = start("node", "--name", "n1", "--data", data, "--hub", url)) {
        awaitRuns(url, 2L * TESTS.size());

        disk.fill();
        node.awaitLine("make room on the disk");
        int visited = site.visits("a");
        await().atMost(Duration.ofSeconds(30)).until(() -> site.visits("a") >= visited + 5);
        disk.free();
        node.awaitLine("kept on the disk again");
        awaitRuns(url, ResultsOnHub.read(url).runs().size() + 4L * TESTS.size());

        assertThat(node.terminate()).isIn(0, 143);
      }
      ResultsOnHub results =
          ResultsOnHub.read(url).assertNothingDoubled().assertTheHubCountsTheSame();
      results.assertEverySlotAccounted(EVERY);
      assertNothingUnseen(results, site);
    }
  }

  @Test
  void aNodeThatFindsAFullDiskSaysSoAndStartsWhenThereIsRoom()
      throws IOException, InterruptedException {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 6 << 20);
        JiggetyProcess hub = hub(Ports.free())) {
      String[] command = {
        "node",
        "--name",
        "n1",
        "--data",
        disk.folder().resolve("n1").toString(),
        "--hub",
        urlOf(hub)
      };
      for (int room : List.of(0, 8 << 10, 40 << 10, 80 << 10)) {
        disk.fill(room);
        try (JiggetyProcess node = start(command)) {
          assertThat(node.waitFor()).as(node.output()).isEqualTo(1);
          assertThat(node.lines())
              .as("with %d bytes of room", room)
              .singleElement()
              .asString()
              .contains("n1")
              .doesNotContain("Exception");
        }
        disk.free();
      }
      try (JiggetyProcess node = start(command)) {
        node.awaitLine("is testing for");
        assertThat(node.terminate()).isIn(0, 143);
      }
    }
  }

  @Test
  void aDemoThatIsToldToStopLeavesNothingBehind() throws IOException {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Map<String, String> options = Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    try (JiggetyProcess demo = JiggetyProcess.start(options, "demo", "--headless")) {
      demo.awaitLine("Shop: ");
      assertThat(demo.terminate()).as(demo.output()).isIn(0, 143);
      assertThat(demo.output()).contains("0 lost, 0 doubled");
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("jiggety"));
    }
  }

  /** Runs a node, kills it with SIGKILL, runs it again on the same data, and ends it politely. */
  private void killNodeInTheMiddle(String url, WatchedSite site) {
    String[] command = {"node", "--name", "n1", "--data", data("n1"), "--hub", url};
    try (JiggetyProcess node = start(command)) {
      awaitRuns(url, 4L * TESTS.size());
      node.kill();
    }
    int visited = site.visits("a");
    await("slots that fall due while the node is dead")
        .pollDelay(EVERY.multipliedBy(3))
        .until(() -> site.visits("a") == visited);
    long before = ResultsOnHub.read(url).runs().size();
    try (JiggetyProcess node = start(command)) {
      awaitRuns(url, before + 4L * TESTS.size());
      assertThat(node.terminate()).isIn(0, 143);
    }
  }

  /** The site saw each run; it may have seen one more for each test, which the kill interrupted. */
  private static void assertNothingUnseen(ResultsOnHub results, WatchedSite site) {
    for (String test : TESTS) {
      assertThat(site.visits(test) - results.runsOf(test))
          .as("visits of page %s without a result", test)
          .isBetween(0L, 1L);
    }
  }

  private static void prepare(String url, WatchedSite site) {
    succeed("provision", "--hub", url);
    List<TestDefinition> tests =
        TESTS.stream()
            .map(id ->
                TestDefinition.builder(id, Check.Http.get(site.url(id)))
                    .schedule(new Schedule.Every(EVERY))
                    .retries(new Retries(0, Duration.ofSeconds(1)))
                    .build())
            .toList();
    try (Hub hub = Hub.open(HubAddress.parse(url, Optional.empty()), HubOptions.DEFAULT)) {
      new InForce(hub, DatabaseNames.DEFAULT).put(tests);
    }
  }

  private static void succeed(String... arguments) {
    try (JiggetyProcess process = start(arguments)) {
      assertThat(process.waitFor()).as(process.output()).isZero();
    }
  }

  private static void awaitRuns(String url, long count) {
    await("runs on the hub")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(250))
        .until(() -> ResultsOnHub.read(url).runs().size() >= count);
  }

  private JiggetyProcess hub(int port) {
    return start("hub", "--data", data("hub"), "--port", String.valueOf(port), "--admin-party");
  }

  private static JiggetyProcess start(String... arguments) {
    return JiggetyProcess.start(arguments);
  }

  private String data(String name) {
    return folder.resolve(name).toString();
  }

  private static String urlOf(JiggetyProcess hub) {
    String line = hub.awaitLine("hub is listening on ");
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }
}
