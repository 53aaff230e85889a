package dev.jiggety.agent.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.exchange.FaultServer;
import dev.jiggety.agent.exchange.HopClient;
import dev.jiggety.agent.exchange.NameResolver;
import dev.jiggety.agent.exchange.Tls;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Sample;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/** A probe, a server that does as a script says, and what is true of every sample. */
abstract class ProbeAgainstFaults {
  static final Duration TIMEOUT = Duration.ofSeconds(10);
  static final Duration SHORT = Duration.ofMillis(300);

  private static final Tls TLS = Tls.system();

  final HttpProbe probe = probe(host -> List.of(InetAddress.getLoopbackAddress()));
  FaultServer server;

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  static void assertFailure(Sample sample, ErrorKind kind, Phase phase, String text) {
    assertThat(sample.failure()).isNotNull();
    assertThat(sample.failure().kind()).as(sample.failure().toString()).isEqualTo(kind);
    assertThat(sample.failure().phase()).as(sample.failure().toString()).isEqualTo(phase);
    assertThat(sample.failure().text()).contains(text);
  }

  static void assertAtLeast(Sample sample, Phase phase, long millis) {
    assertThat(sample.phases().time(phase).orElseThrow())
        .as(phase.label())
        .isGreaterThanOrEqualTo(Duration.ofMillis(millis));
  }

  static void assertAddsUp(Sample sample) {
    assertThat(sample.remainder()).isBetween(Duration.ZERO, Duration.ofNanos(1000));
  }

  void serve(FaultServer.Script script) {
    server = new FaultServer(script);
  }

  static void answerOk(FaultServer.Talk talk) throws Exception {
    talk.request();
    talk.answer(200, "", "ok");
  }

  Sample measure(String url, Duration timeout) {
    return probe.measure(request(url, timeout));
  }

  Probe.Request get(String path, Duration timeout) {
    return request(server.url(path), timeout);
  }

  static Probe.Request request(String url, Duration timeout) {
    return new Probe.Request(Check.Http.get(url), timeout, List.of());
  }

  static HttpProbe probe(NameResolver.Lookup lookup) {
    return new HttpProbe(
        new HopClient(new NameResolver(lookup, System::nanoTime), TLS, System::nanoTime),
        System::nanoTime,
        InstantSource.system());
  }

  static void pause(long millis) {
    awaitQuietly(new CountDownLatch(1), millis);
  }

  static void awaitQuietly(CountDownLatch latch) {
    awaitQuietly(latch, 60_000);
  }

  static void awaitQuietly(CountDownLatch latch, long millis) {
    try {
      boolean open = latch.await(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
      assertThat(open || latch.getCount() > 0).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
