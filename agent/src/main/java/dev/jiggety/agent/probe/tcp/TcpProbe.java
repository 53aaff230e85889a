package dev.jiggety.agent.probe.tcp;

import dev.jiggety.agent.exchange.Deadline;
import dev.jiggety.agent.exchange.Dialer;
import dev.jiggety.agent.exchange.Failures;
import dev.jiggety.agent.exchange.PhaseClock;
import dev.jiggety.agent.exchange.Route;
import dev.jiggety.agent.judge.Answer;
import dev.jiggety.agent.judge.Judge;
import dev.jiggety.agent.probe.Measured;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.base.HostPort;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Sample;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;

/** Measures tests of kind {@code tcp}. See docs/guide/network-tests.md. */
public final class TcpProbe implements Probe {
  private final Dialer dialer = new Dialer(System::nanoTime);

  @Override
  public String kind() {
    return Check.Tcp.KIND;
  }

  @Override
  public Sample measure(Request request) {
    Measured measured = new Measured();
    if (!(request.check() instanceof Check.Tcp tcp)) {
      return measured.broken("not a tcp test: " + request.check().kind());
    }
    String place = new HostPort(tcp.host(), tcp.port()).toString();
    Deadline deadline = measured.deadline(request.timeout());
    PhaseClock clock = measured.clock();
    try {
      Route route = Route.of(tcp.connection());
      Socket socket =
          dialer.connect(
              route.addresses(tcp.host(), deadline, clock), tcp.port(), deadline, clock);
      try (Socket open =
          tcp.tls()
              ? dialer.handshake(socket, tcp.host(), tcp.port(), route.tls(), deadline, clock)
              : socket) {
        Conversation talk =
            dialer.within(deadline, open, it -> Conversation.hold(it, tcp, clock));
        measured.stop();
        return measured.sample(0, talk.bytes(), judge(request, tcp, talk, place, measured));
      }
    } catch (IOException e) {
      Phase phase = clock.current();
      measured.stop();
      return measured.sample(0, 0, Failures.of(e, phase, place, request.timeout()));
    }
  }

  private static Optional<Failure> judge(
      Request request, Check.Tcp tcp, Conversation talk, String place, Measured measured) {
    if (tcp.expect() != null && !talk.matched()) {
      String heard = talk.heard().isEmpty() ? "nothing" : "\"" + talk.excerpt() + "\"";
      return Optional.of(
          new Failure(
              ErrorKind.ASSERTION,
              Phase.RECEIVE,
              "answer of " + place + ": expected to match \"" + tcp.expect() + "\", found " + heard));
    }
    Answer.Builder answer =
        Answer.builder()
            .bytes(talk.bytes())
            .total(measured.total())
            .phases(measured.phases());
    return Judge.check(request.assertions(), answer.body(talk.heard(), true).build());
  }
}
