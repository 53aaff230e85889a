package dev.jiggety.agent.probe.tls;

import dev.jiggety.agent.exchange.Deadline;
import dev.jiggety.agent.exchange.Dialer;
import dev.jiggety.agent.exchange.Failures;
import dev.jiggety.agent.exchange.PhaseClock;
import dev.jiggety.agent.exchange.Route;
import dev.jiggety.agent.exchange.TlsFacts;
import dev.jiggety.agent.judge.Answer;
import dev.jiggety.agent.judge.Judge;
import dev.jiggety.agent.probe.Measured;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.base.HostPort;
import dev.jiggety.model.Check;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Sample;
import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** Measures tests of kind {@code tls}. See docs/guide/network-tests.md. */
public final class TlsProbe implements Probe {
  private final Dialer dialer = new Dialer(System::nanoTime);

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
    String place = new HostPort(tls.host(), tls.port()).toString();
    String name = tls.serverName() == null ? tls.host() : tls.serverName();
    Deadline deadline = measured.deadline(request.timeout());
    PhaseClock clock = measured.clock();
    try {
      Route route = Route.of(tls.connection());
      Socket socket =
          dialer.connect(
              route.addresses(tls.host(), deadline, clock), tls.port(), deadline, clock);
      try (SSLSocket secure =
          dialer.handshake(socket, name, tls.port(), route.tls(), deadline, clock)) {
        TlsFacts facts = Dialer.facts(secure);
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
        return measured.sample(0, 0, Judge.check(request.assertions(), answer));
      }
    } catch (IOException e) {
      Phase phase = clock.current();
      measured.stop();
      return measured.sample(0, 0, Failures.of(e, phase, place, request.timeout()));
    }
  }
}
