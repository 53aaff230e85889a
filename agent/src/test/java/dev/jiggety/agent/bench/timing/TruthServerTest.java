package dev.jiggety.agent.bench.timing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.probe.HiccupMeter;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.agent.probe.http.HttpProbe;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthServerTest {
  private static final TruthServer.Delays SHORT =
      new TruthServer.Delays(
          Duration.ofMillis(20),
          Duration.ofMillis(20),
          Duration.ofMillis(50),
          Duration.ofMillis(20));

  private final BlockingQueue<Truth> control = new LinkedBlockingQueue<>();

  @Test
  void itTellsWhatItDidAndTheProbeSawNoLess(@TempDir Path folder) throws Exception {
    TruthCertificate certificate = TruthCertificate.make(folder);
    try (TruthServer server =
            new TruthServer(SHORT, Optional.of(certificate.context()), control::add);
        HiccupMeter meter = new HiccupMeter()) {
      Connection connection =
          new Connection(
              Connection.Version.AUTO,
              Connection.Family.IPV4,
              null,
              "127.0.0.1:" + server.namePort(),
              null,
              certificate.pem(),
              null,
              null);
      for (String url :
          List.of(
              "http://r7.truth.test:" + server.port() + "/7",
              "https://r8.truth.test:" + server.securePort() + "/8")) {
        Check check = Check.Http.get(url).withConnection(connection);
        Sample sample =
            meter.measured(() ->
                new HttpProbe()
                    .measure(new Probe.Request(check, Duration.ofSeconds(30), List.of())));
        assertThat(sample.passed()).as("%s", sample.failure()).isTrue();
        assertThat(sample.remainder()).isZero();
        Truth truth = control.poll(30, TimeUnit.SECONDS);
        assertThat(truth).isNotNull();
        assertThat(url).endsWith("/" + truth.id());
        long least = truth.dns() + Math.max(0, truth.ssl()) + truth.waited() + truth.received();
        assertThat(sample.total().toNanos()).isGreaterThan(least);
        assertThat(sample.phases().nanos(Phase.DNS)).isGreaterThanOrEqualTo(truth.dns());
        assertThat(truth.ssl() == Truth.ABSENT).isEqualTo(url.startsWith("http:"));
        assertThat(Truth.parse(truth.toLine())).isEqualTo(truth);
      }
    }
  }
}
