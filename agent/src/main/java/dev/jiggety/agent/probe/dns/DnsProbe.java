package dev.jiggety.agent.probe.dns;

import dev.jiggety.agent.exchange.Deadline;
import dev.jiggety.agent.exchange.Failures;
import dev.jiggety.agent.exchange.NameResolver;
import dev.jiggety.agent.exchange.PhaseClock;
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
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.ResolverConfig;

/**
 * Measures tests of kind {@code dns}. Asks one server, once: a second try would hide that the first
 * one failed. See docs/guide/network-tests.md.
 */
public final class DnsProbe implements Probe {
  private static final int PORT = 53;

  private final NameResolver names = NameResolver.system(System::nanoTime);

  @Override
  public String kind() {
    return Check.Dns.KIND;
  }

  @Override
  public Sample measure(Request request) {
    Measured measured = new Measured();
    if (!(request.check() instanceof Check.Dns dns)) {
      return measured.broken("not a dns test: " + request.check().kind());
    }
    PhaseClock clock = measured.clock();
    Deadline deadline = measured.deadline(request.timeout());
    String server = dns.resolver() == null ? "the machine's name server" : dns.resolver();
    try {
      Question question = new Question(dns);
      InetSocketAddress address = server(dns, deadline);
      server = address.getHostString() + ":" + address.getPort();
      clock.enter(Phase.DNS, System.nanoTime());
      Question.Reply reply =
          question.ask(address, Duration.ofNanos(deadline.left(System.nanoTime())));
      measured.stop();
      return measured.sample(0, reply.bytes(), judge(request, dns, reply, server, measured));
    } catch (PortUnreachableException e) {
      measured.stop();
      return measured.sample(
          0, 0, new Failure(ErrorKind.REFUSED, Phase.DNS, server + " answers no questions"));
    } catch (IOException e) {
      measured.stop();
      return measured.sample(0, 0, Failures.of(e, Phase.DNS, server, request.timeout()));
    } catch (IllegalArgumentException e) {
      return measured.broken("no domain name: " + dns.name());
    }
  }

  /** Where no name is, nothing is answered: assertions may ask for just that. */
  private static Optional<Failure> judge(
      Request request, Check.Dns dns, Question.Reply reply, String server, Measured measured) {
    boolean unknown = reply.code().equals("NXDOMAIN");
    if (!reply.isFine() && !(unknown && !request.assertions().isEmpty())) {
      return Optional.of(
          new Failure(
              ErrorKind.DNS,
              Phase.DNS,
              unknown
                  ? "there is no name " + dns.name() + ", says " + server
                  : server + " answered " + reply.code()));
    }
    Answer answer =
        Answer.builder()
            .answers(reply.records())
            .bytes(reply.bytes())
            .total(measured.total())
            .phases(measured.phases())
            .build();
    return Judge.check(request.assertions(), answer);
  }

  private InetSocketAddress server(Check.Dns dns, Deadline deadline) throws IOException {
    String given = dns.resolver();
    if (given == null) {
      List<InetSocketAddress> servers = ResolverConfig.getCurrentConfig().servers();
      return servers.isEmpty() ? new InetSocketAddress("127.0.0.1", PORT) : servers.getFirst();
    }
    HostPort address = HostPort.parse(given, PORT);
    // Its time is not the question's: it stays in "blocked".
    PhaseClock aside = new PhaseClock(System.nanoTime());
    return new InetSocketAddress(
        names.resolve(address.host(), deadline, aside).getFirst(), address.port());
  }
}
