package dev.jiggety.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.model.RolloutState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  @TempDir private Path folder;

  @Test
  void everyRunIsOnTheHubOnceAtTheEnd() throws IOException {
    DemoReport report;
    try (Demo demo = Demo.start(folder, 0)) {
      await().atMost(Duration.ofSeconds(60)).until(() -> demo.runs() >= 30);
      report = demo.finish();
    }
    assertThat(report.isComplete()).as(report.lines().toString()).isTrue();
    assertThat(report.ledger().runs()).isGreaterThanOrEqualTo(30);
    assertThat(report.ledger().resultsOnHub()).isEqualTo(report.ledger().runs());
    assertThat(report.nodes()).isEqualTo(3);
    assertThat(report.tests()).isEqualTo(11);
    assertThat(report.lines()).last().asString().startsWith("patches: 1 completed, 0 turned back");
  }

  @Test
  void goodPatchesComeIntoForceAndABadOneIsTurnedBack() throws IOException {
    List<String> news = new CopyOnWriteArrayList<>();
    DemoOperator.Pace quick = new DemoOperator.Pace(Duration.ofMillis(300), Duration.ofMillis(300));
    DemoReport report;
    try (Demo demo = Demo.start(folder, 0, quick, news::add)) {
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() ->
              demo.patches(RolloutState.COMPLETED) >= 3
                  && demo.patches(RolloutState.ROLLED_BACK) >= 1);
      report = demo.finish();
    }
    assertThat(report.isComplete()).as(report.lines().toString()).isTrue();
    JsonObject patches = report.toJson().getAsJsonObject("patches");
    assertThat(patches.get("completed").getAsInt()).isGreaterThanOrEqualTo(3);
    assertThat(patches.get("turnedBack").getAsInt()).isPositive();
    assertThat(patches.getAsJsonObject("submitToActiveMs").get("max").getAsLong()).isPositive();
    assertThat(news)
        .anyMatch(line -> line.contains("completed, active on all nodes after"))
        .anyMatch(line -> line.contains("turned back: shop-old-link fails in the new version"));
  }
}
