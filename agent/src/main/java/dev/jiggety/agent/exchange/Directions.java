package dev.jiggety.agent.exchange;

import dev.jiggety.base.HostAndPort;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Phase;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Which addresses to connect to for a host, as a {@link Connection} says. Safe for any thread. */
final class Directions {
  private final NameResolver machine;
  private final LongSupplier nanos;
  private final Connection.Family family;
  private final @Nullable InetAddress fixed;
  private final @Nullable HostAndPort server;
  private final @Nullable Via via;

  /**
   * Reads a connection.
   *
   * @throws IllegalArgumentException with a sentence for people when something in it is none
   */
  Directions(Connection connection, NameResolver machine, LongSupplier nanos) {
    this.machine = machine;
    this.nanos = nanos;
    this.family = connection.family();
    this.fixed = connection.address() == null ? null : InetAddress.ofLiteral(connection.address());
    this.server = connection.resolver() == null ? null : HostAndPort.parse(connection.resolver());
    this.via = connection.proxy() == null ? null : Via.parse(connection.proxy());
  }

  /**
   * Where to connect to.
   *
   * @param addresses of the host, to be tried in order; those of the proxy, where that speaks HTTP
   * @param proxy the address of a SOCKS proxy; null for none
   */
  record Targets(List<InetAddress> addresses, @Nullable InetAddress proxy) {}

  /** The proxy on the way; null for none. */
  @Nullable Via via() {
    return via;
  }

  /** The addresses for a host, which is a name or an address. */
  Targets to(String host, Deadline deadline, PhaseClock clock) throws IOException {
    if (via == null) {
      return new Targets(site(host, deadline, clock), null);
    }
    List<InetAddress> proxy = machine.resolve(via.host(), deadline, clock);
    if (!via.socks()) {
      return new Targets(proxy, null);
    }
    boolean here = fixed != null || server != null || family != Connection.Family.ANY;
    return new Targets(
        here ? site(host, deadline, clock) : List.of(byTheProxy(host)), proxy.getFirst());
  }

  private static InetAddress byTheProxy(String host) throws IOException {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return SocksSocket.unresolved(host);
    }
  }

  private List<InetAddress> site(String host, Deadline deadline, PhaseClock clock)
      throws IOException {
    if (fixed != null) {
      return List.of(fixed);
    }
    List<InetAddress> all = server == null ? null : asked(server, host, deadline, clock);
    if (all == null) {
      all = machine.resolve(host, deadline, clock);
    }
    List<InetAddress> usable =
        switch (family) {
          case ANY -> all;
          case IPV4 -> all.stream().filter(Inet4Address.class::isInstance).toList();
          case IPV6 -> all.stream().filter(a -> !(a instanceof Inet4Address)).toList();
        };
    if (usable.isEmpty()) {
      String kind =
          switch (family) {
            case ANY -> "address";
            case IPV4 -> "IPv4 address";
            case IPV6 -> "IPv6 address";
          };
      throw new NameException(host + " has no " + kind);
    }
    return usable;
  }

  /** Null for what is an address already. */
  private @Nullable List<InetAddress> asked(
      HostAndPort at, String host, Deadline deadline, PhaseClock clock) throws IOException {
    try {
      return List.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      InetAddress address = machine.resolve(at.host(), deadline, clock).getFirst();
      NameServer names = new NameServer(new InetSocketAddress(address, NameServer.port(at)));
      clock.enter(Phase.DNS, nanos.getAsLong());
      List<InetAddress> found = names.addresses(host, family, deadline.left(nanos.getAsLong()));
      clock.enter(Phase.BLOCKED, nanos.getAsLong());
      return found;
    }
  }
}
