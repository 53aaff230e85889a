package dev.jiggety.agent.probe.tcp;

import dev.jiggety.agent.exchange.Deadline;
import dev.jiggety.agent.exchange.Dialler;
import dev.jiggety.agent.exchange.Failures;
import dev.jiggety.agent.exchange.PhaseClock;
import dev.jiggety.agent.judge.Answer;
import dev.jiggety.agent.judge.Judge;
import dev.jiggety.agent.probe.Measured;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.base.HostAndPort;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Sample;
import dev.jiggety.model.rules.Placeholders;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;

/** Measures tests of kind {@code tcp}. See docs/guide/network-tests.md. */
public final class TcpProbe implements Probe {
  private final Dialler dialler = Dialler.system();

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
    String place = HostAndPort.of(tcp.host(), tcp.port());
    Deadline deadline = measured.deadline(request.timeout());
    PhaseClock clock = measured.clock();
    try {
      String words = tcp.send() == null ? null : Placeholders.fill(tcp.send(), request::value);
      Connection way = Placeholders.fill(tcp.connection(), request::value);
      try (Socket plain = dialler.connect(way, tcp.host(), tcp.port(), deadline, clock);
          Socket open = tcp.tls() ? secured(tcp, way, plain, deadline, clock) : plain) {
        Conversation talk =
            // What is over time is closed below TLS, which could block while it says good-bye.
            dialler.until(
                deadline, plain, _ -> Conversation.hold(open, words, tcp.expect(), clock));
        measured.stop();
        return measured.sample(0, talk.bytes(), judge(request, tcp, talk, place, measured));
      }
    } catch (Placeholders.UndefinedException | IllegalArgumentException e) {
      return measured.broken(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      Phase phase = clock.current();
      measured.stop();
      return measured.sample(0, 0, Failures.of(e, phase, place, request.timeout()));
    }
  }

  private Socket secured(
      Check.Tcp tcp, Connection way, Socket plain, Deadline deadline, PhaseClock clock)
      throws IOException {
    return dialler.secure(way, plain, tcp.host(), tcp.port(), deadline, clock);
  }

  private static Optional<Failure> judge(
      Request request, Check.Tcp tcp, Conversation talk, String place, Measured measured) {
    if (tcp.expect() != null && !talk.matched()) {
      String heard = talk.heard().isEmpty() ? "nothing" : "\"" + talk.excerpt() + "\"";
      return Optional.of(
          new Failure(
              ErrorKind.ASSERTION,
              Phase.RECEIVE,
              "answer of "
                  + place
                  + ": expected to match \""
                  + tcp.expect()
                  + "\", found "
                  + heard));
    }
    Answer.Builder answer =
        Answer.builder().bytes(talk.bytes()).total(measured.total()).phases(measured.phases());
    return Judge.check(request.filledAssertions(), answer.body(talk.heard(), true).build());
  }
}
