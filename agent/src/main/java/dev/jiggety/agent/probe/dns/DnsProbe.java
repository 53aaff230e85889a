package dev.jiggety.agent.probe.dns;

import dev.jiggety.agent.exchange.Deadline;
import dev.jiggety.agent.exchange.Failures;
import dev.jiggety.agent.exchange.NameResolver;
import dev.jiggety.agent.exchange.NameServer;
import dev.jiggety.agent.exchange.PhaseClock;
import dev.jiggety.agent.judge.Answer;
import dev.jiggety.agent.judge.Judge;
import dev.jiggety.agent.probe.Measured;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.base.HostAndPort;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Sample;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Type;

/**
 * Measures tests of kind {@code dns}. Asks one server, once: a second try would hide that the first
 * one failed. See docs/guide/network-tests.md.
 */
public final class DnsProbe implements Probe {
  private static final int PORT = 53;

  private final NameResolver names = NameResolver.system(System::nanoTime);
  private long read;

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
    String place = dns.resolver() == null ? "the machine's name server" : dns.resolver();
    Deadline deadline = measured.deadline(request.timeout());
    int type = Type.value(dns.record().name());
    try {
      NameServer server = new NameServer(server(dns, deadline));
      measured.clock().enter(Phase.DNS, System.nanoTime());
      Reply reply = Reply.of(server.ask(dns.name(), type, deadline.left(System.nanoTime())), type);
      measured.stop();
      return measured.sample(0, reply.bytes(), judge(request, dns, reply, server, measured));
    } catch (IOException e) {
      measured.stop();
      return measured.sample(0, 0, Failures.of(e, Phase.DNS, place, request.timeout()));
    }
  }

  /** Where no name is, nothing is answered: assertions may ask for just that. */
  private static Optional<Failure> judge(
      Request request, Check.Dns dns, Reply reply, NameServer server, Measured measured) {
    if (!reply.isFine() && !(reply.isUnknown() && !request.assertions().isEmpty())) {
      String text =
          reply.isUnknown()
              ? "there is no name " + dns.name() + ", says " + server.place()
              : server.place() + " answered " + reply.code();
      return Optional.of(new Failure(ErrorKind.DNS, Phase.DNS, text));
    }
    return Judge.check(
        request.filledAssertions(),
        Answer.builder()
            .answers(reply.records())
            .bytes(reply.bytes())
            .total(measured.total())
            .phases(measured.phases())
            .build());
  }

  /** Read anew when it has changed: dnsjava reads it once for the life of the process. */
  private synchronized List<InetSocketAddress> ofTheMachine() {
    long changed = new File("/etc/resolv.conf").lastModified();
    if (changed != read) {
      read = changed;
      ResolverConfig.refresh();
    }
    return ResolverConfig.getCurrentConfig().servers();
  }

  private InetSocketAddress server(Check.Dns dns, Deadline deadline) throws IOException {
    String given = dns.resolver();
    if (given == null) {
      List<InetSocketAddress> servers = ofTheMachine();
      return servers.isEmpty()
          ? new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT)
          : servers.getFirst();
    }
    HostAndPort address = HostAndPort.parse(given);
    // The time to find the server is not the question's: it stays in "blocked".
    PhaseClock aside = new PhaseClock(System.nanoTime());
    return new InetSocketAddress(
        names.resolve(address.host(), deadline, aside).getFirst(),
        address.port() == HostAndPort.NO_PORT ? PORT : address.port());
  }
}
