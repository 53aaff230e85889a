package dev.jiggety.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.jiggety.base.Secret;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtlpTest {
  private final Queue<Request> came = new ConcurrentLinkedQueue<>();
  private final AtomicInteger status = new AtomicInteger(200);
  private HttpServer receiver;

  @TempDir private Path folder;

  private record Request(String path, String type, String authorization, Protobuf body) {}

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
              came.add(
                  new Request(
                      exchange.getRequestURI().getPath(),
                      exchange.getRequestHeaders().getFirst("Content-Type"),
                      exchange.getRequestHeaders().getFirst("Authorization"),
                      new Protobuf(unpacked.readAllBytes())));
            }
            exchange.sendResponseHeaders(status.get(), -1);
          }
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  @Test
  void theSameFiguresAreReceived() {
    Histogram late =
        Histogram.builder()
            .name("jiggety_late_seconds")
            .unit(Unit.SECONDS)
            .classicOnly()
            .classicUpperBounds(0.1, 1)
            .build();
    late.observe(0.05);
    late.observe(0.5);
    late.observe(5);
    Source source =
        board -> {
          board.gauge("jiggety_disk_free_bytes", "Left.", "disk").add(42, "a");
          board.counter("jiggety_runs", "Runs.").add(7);
          board.put(late.collect());
        };
    OtlpConfig config =
        config().withHeaders(Map.of("Authorization", Secret.of("Bearer of-good-news")));

    try (Metrics metrics = start(config, source)) {
      assertThat(metrics.url()).isEmpty();
      await().until(() -> !came.isEmpty());
    }

    Request request = came.element();
    assertThat(request.path()).isEqualTo("/v1/metrics");
    assertThat(request.type()).isEqualTo("application/x-protobuf");
    assertThat(request.authorization()).isEqualTo("Bearer of-good-news");
    // opentelemetry/proto/metrics/v1/metrics.proto: resource_metrics, resource, attributes
    List<Protobuf> attributes = request.body().messages(1, 1, 1);
    assertThat(attributes.stream().map(it -> it.text(1) + "=" + it.messages(2).getFirst().text(1)))
        .contains("service.name=jiggety-node", "service.instance.id=north", "service.version=1");
    Map<String, Protobuf> metrics =
        request.body().messages(1, 2, 2).stream()
            .collect(Collectors.toMap(it -> it.text(1), it -> it));
    Protobuf disk = metrics.get("jiggety_disk_free_bytes");
    assertThat(disk.text(3)).isEqualTo("By");
    Protobuf point = disk.messages(5, 1).getFirst();
    assertThat(point.real(4)).isEqualTo(42);
    assertThat(point.messages(7).getFirst().text(1)).isEqualTo("disk");
    Protobuf runs = metrics.get("jiggety_runs").messages(7).getFirst();
    assertThat(runs.number(2)).as("cumulative").isEqualTo(2);
    assertThat(runs.number(3)).as("monotonic").isEqualTo(1);
    assertThat(runs.messages(1).getFirst().real(4)).isEqualTo(7);
    Protobuf histogram = metrics.get("jiggety_late_seconds").messages(9, 1).getFirst();
    assertThat(histogram.number(4)).isEqualTo(3);
    assertThat(histogram.real(5)).isEqualTo(5.55);
    assertThat(histogram.packed(6)).containsExactly(1L, 1L, 1L);
    assertThat(histogram.packed(7).stream().map(Double::longBitsToDouble))
        .containsExactly(0.1, 1.0);
    assertThat(metrics).containsKey("jvm_threads_current");
  }

  @Test
  void aReceiverThatIsAwayIsTriedAgainAndTheLastFiguresGoOutAtTheEnd() {
    status.set(400);
    AtomicInteger count = new AtomicInteger();
    Source source = board -> board.counter("jiggety_runs", "Runs.").add(count.get());
    try (Metrics _ = start(config().withEvery(Duration.ofMillis(50)), source)) {
      await().until(() -> came.size() > 1);
      status.set(200);
      count.set(9);
    }
    Protobuf runs =
        List.copyOf(came).getLast().body().messages(1, 2, 2).stream()
            .filter(it -> it.text(1).equals("jiggety_runs"))
            .findFirst()
            .orElseThrow();
    assertThat(runs.messages(7, 1).getFirst().real(4)).isEqualTo(9);
  }

  @Test
  void headersComeFromAFileThatOthersCannotRead() throws IOException {
    Path file = Files.writeString(folder.resolve("headers"), "# for us\nX-Key: a:b\n\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(OtlpConfig.headers(Optional.of(file), Optional.of("x=y")).get("X-Key").reveal())
        .isEqualTo("a:b");
    assertThat(OtlpConfig.headers(Optional.empty(), Optional.of("a=b,c=d=e")).get("c").reveal())
        .isEqualTo("d=e");
    assertThat(OtlpConfig.headers(Optional.empty(), Optional.empty())).isEmpty();

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtlpConfig.headers(Optional.of(file), Optional.empty()))
        .withMessageContaining(file.toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtlpConfig.headers(Optional.empty(), Optional.of("secret-only")))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret-only"));
  }

  @Test
  void theAddressIsReadAsPeopleWriteIt() {
    assertThat(OtlpConfig.at("http://c:4318").endpoint()).hasPath("/v1/metrics");
    assertThat(OtlpConfig.at("https://c/otlp/v1/metrics").endpoint()).hasPath("/otlp/v1/metrics");
    for (String wrong : List.of("c:4318", "ftp://c", "http://user:word@c:4318", "http://")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OtlpConfig.at(wrong))
          .satisfies(e -> assertThat(e.getMessage()).startsWith("--otlp").doesNotContain("word@"));
    }
  }

  private OtlpConfig config() {
    return OtlpConfig.at("http://127.0.0.1:" + receiver.getAddress().getPort());
  }

  private static Metrics start(OtlpConfig config, Source source) {
    return Metrics.start(
        new Who("node", "north", "1"),
        Optional.empty(),
        Optional.of(config),
        List.of(source),
        List::of);
  }
}
