package dev.jiggety.agent.probe.tls;

import dev.jiggety.agent.exchange.Deadline;
import dev.jiggety.agent.exchange.Dialler;
import dev.jiggety.agent.exchange.Failures;
import dev.jiggety.agent.exchange.PhaseClock;
import dev.jiggety.agent.exchange.Tls;
import dev.jiggety.agent.exchange.TlsFacts;
import dev.jiggety.agent.judge.Answer;
import dev.jiggety.agent.judge.Judge;
import dev.jiggety.agent.probe.Measured;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.base.HostAndPort;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Sample;
import dev.jiggety.model.rules.Placeholders;
import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** Measures tests of kind {@code tls}. See docs/guide/network-tests.md. */
public final class TlsProbe implements Probe {
  private final Dialler dialler = Dialler.system();

  @Override
  public String kind() {
    return Check.Tls.KIND;
  }

  @Override
  public Sample measure(Request request) {
    Measured measured = new Measured();
    if (!(request.check() instanceof Check.Tls tls)) {
      return measured.broken("not a tls test: " + request.check().kind());
    }
    String place = HostAndPort.of(tls.host(), tls.port());
    String name = tls.serverName() == null ? tls.host() : tls.serverName();
    Deadline deadline = measured.deadline(request.timeout());
    PhaseClock clock = measured.clock();
    try {
      Connection way = Placeholders.fill(tls.connection(), request::value);
      try (Socket plain = dialler.connect(way, tls.host(), tls.port(), deadline, clock);
          SSLSocket secure = dialler.secure(way, plain, name, tls.port(), deadline, clock)) {
        TlsFacts facts = Tls.facts(secure.getSession());
        measured.stop();
        Answer answer =
            Answer.builder()
                .total(measured.total())
                .phases(measured.phases())
                .certificate(
                    new Answer.Certificate(
                        facts.days(Instant.now()).orElse(0), facts.issuer(), facts.hosts()))
                .protocols(List.of(facts.protocol()))
                .build();
        Sample sample = measured.sample(0, 0, Judge.check(request.filledAssertions(), answer));
        Instant ends = facts.ends().orElse(Instant.MAX);
        return Findings.isSoon(ends, sample.startedAt())
            ? sample.withFindings(Findings.certificate(ends))
            : sample;
      }
    } catch (Placeholders.UndefinedException | IllegalArgumentException e) {
      return measured.broken(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      Phase phase = clock.current();
      measured.stop();
      return measured.sample(0, 0, Failures.of(e, phase, place, request.timeout()));
    }
  }
}
