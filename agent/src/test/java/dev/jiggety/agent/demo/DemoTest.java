package dev.jiggety.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
    assertThat(report.tests()).isEqualTo(10);
  }
}
