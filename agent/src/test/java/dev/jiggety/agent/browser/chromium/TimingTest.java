package dev.jiggety.agent.browser.chromium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimingTest {
  private static final String NEW_CONNECTION =
      """
      {"requestTime": 100.0, "proxyStart": -1, "proxyEnd": -1, "dnsStart": 1, "dnsEnd": 5,
       "connectStart": 5, "connectEnd": 35, "sslStart": 15, "sslEnd": 34, "sendStart": 36,
       "sendEnd": 38, "receiveHeadersStart": 88, "receiveHeadersEnd": 90}
      """;

  private static final String REUSED =
      """
      {"requestTime": 100.0, "dnsStart": -1, "dnsEnd": -1, "connectStart": -1, "connectEnd": -1,
       "sslStart": -1, "sslEnd": -1, "sendStart": 0.5, "sendEnd": 0.75, "receiveHeadersEnd": 10}
      """;

  @Test
  void splitsANewConnection() {
    Phases phases = Timing.phases(json(NEW_CONNECTION), 99.99, 100.1);
    assertThat(phases.time(Phase.DNS)).hasValue(Duration.ofMillis(4));
    assertThat(phases.time(Phase.CONNECT)).hasValue(Duration.ofMillis(11));
    assertThat(phases.time(Phase.SSL)).hasValue(Duration.ofMillis(19));
    assertThat(phases.time(Phase.SEND)).hasValue(Duration.ofMillis(2));
    assertThat(phases.time(Phase.WAIT)).hasValue(Duration.ofMillis(50));
    assertThat(phases.nanos(Phase.RECEIVE)).isCloseTo(12_000_000L, within(1000L));
  }

  @Test
  void addsUpToTheTimeFromAskingToTheEnd() {
    assertThat(Timing.phases(json(NEW_CONNECTION), 99.99, 100.1).sum().toNanos())
        .isCloseTo(110_000_000L, within(1000L));
    assertThat(Timing.phases(json(REUSED), 99.998, 100.02).sum().toNanos())
        .isCloseTo(22_000_000L, within(1000L));
  }

  @Test
  void whatDidNotHappenIsAbsent() {
    Phases phases = Timing.phases(json(REUSED), 100, 100.02);
    assertThat(phases.happened())
        .containsOnlyKeys(Phase.BLOCKED, Phase.SEND, Phase.WAIT, Phase.RECEIVE);
    assertThat(Timing.phases(new JsonObject(), 100, 101)).isEqualTo(Phases.NONE);
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
