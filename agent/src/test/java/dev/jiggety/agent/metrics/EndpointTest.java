package dev.jiggety.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointTest {
  private final List<String> lacks = new ArrayList<>();
  private final Source well = board -> board.gauge("jiggety_well", "Is well.").add(1);
  private final Source broken =
      board -> {
        board.gauge("jiggety_half", "Half of it.").add(1);
        throw new IllegalStateException("the part is gone");
      };
  private final Metrics metrics =
      Metrics.start(
          new Who("hub", "hub", "1"),
          Optional.of(Metrics.Listen.parse("0")),
          Optional.empty(),
          List.of(broken, well),
          () -> lacks);
  private final URI url = metrics.url().orElseThrow();

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void itListensOnLoopbackUnlessAHostIsNamed() {
    assertThat(url.getHost()).isEqualTo(InetAddress.getLoopbackAddress().getHostAddress());
    assertThat(Metrics.Listen.parse("0.0.0.0:9464")).isEqualTo(new Metrics.Listen("0.0.0.0", 9464));
    assertThat(Metrics.Listen.parse("[::1]:9464")).isEqualTo(new Metrics.Listen("::1", 9464));
    for (String wrong : List.of("", "x", ":1", "host:", "host:99999", "1 2")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Metrics.Listen.parse(wrong))
          .withMessageContaining("[HOST:]PORT");
    }
  }

  @Test
  void aPortThatIsTakenIsOneLineWithTheRemedy() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Metrics.start(
                new Who("hub", "hub", "1"),
                Optional.of(new Metrics.Listen("127.0.0.1", url.getPort())),
                Optional.empty(),
                List.of(),
                List::of))
        .withMessageContaining("127.0.0.1:" + url.getPort())
        .withMessageContaining("another port");
  }

  @Test
  void aSourceThatFailsTakesNoOtherWithIt() {
    assertThat(Look.scrape(metrics).series())
        .containsEntry("jiggety_well", 1.0)
        .containsEntry("jiggety_metrics_failures_total", 1.0)
        .doesNotContainKey("jiggety_half");
  }

  @Test
  void healthAndReadinessAreTwoThings() {
    assertThat(Look.at(url.resolve("-/healthy"), "GET").statusCode()).isEqualTo(200);
    assertThat(Look.at(url.resolve("-/ready"), "GET").statusCode()).isEqualTo(200);
    lacks.add("it has never had a configuration");
    HttpResponse<String> notReady = Look.at(url.resolve("-/ready"), "GET");
    assertThat(notReady.statusCode()).isEqualTo(503);
    assertThat(notReady.body()).contains("it has never had a configuration");
    assertThat(Look.at(url.resolve("-/healthy"), "GET").statusCode()).isEqualTo(200);
  }

  @Test
  void otherRequestsAreRefused() {
    assertThat(Look.at(url.resolve("other"), "GET").statusCode()).isEqualTo(404);
    assertThat(Look.at(url.resolve("metrics"), "POST").statusCode()).isEqualTo(405);
    HttpResponse<String> head = Look.at(url.resolve("metrics"), "HEAD");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void whoTakesProtobufRatherGetsTheBestTextThatItReads() {
    HttpResponse<String> answer =
        Look.at(
            url.resolve("metrics"),
            "GET",
            "Accept",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                + "encoding=delimited;q=0.7,text/plain;q=0.3");
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    Exposition.read(answer.body(), false);
    HttpResponse<String> open =
        Look.at(
            url.resolve("metrics"),
            "GET",
            "Accept",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                + "encoding=delimited;q=0.7,"
                + Look.OPEN_METRICS);
    Exposition.read(open.body(), true);
  }

  @Test
  void aScrapeIsPackedForWhoTakesThat() {
    HttpResponse<String> packed = Look.at(url.resolve("metrics"), "GET", "Accept-Encoding", "gzip");
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(packed.body().length())
        .isLessThan(Look.at(url.resolve("metrics"), "GET").body().length());
  }
}
