package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.exchange.NameServer;
import dev.jiggety.base.HostAndPort;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Phase;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Asks name servers over the network. */
final class AskedNames implements NameService {
  private static final int PORT = 53;

  @Override
  public List<String> ask(String name, String record, Optional<String> server, Duration timeout) {
    int type = Type.value(record);
    try {
      Message answer = new NameServer(address(server)).ask(name, type, timeout.toNanos());
      if (answer.getRcode() == Rcode.NXDOMAIN) {
        throw failure(ErrorKind.DNS, "there is no name " + name);
      }
      if (answer.getRcode() != Rcode.NOERROR) {
        throw failure(ErrorKind.DNS, "the name server says " + Rcode.string(answer.getRcode()));
      }
      return answer.getSection(Section.ANSWER).stream()
          .filter(found -> found.getType() == type)
          .map(Record::rdataToString)
          .toList();
    } catch (InterruptedIOException e) {
      throw failure(ErrorKind.TIMEOUT, "no answer about " + name + " in time");
    } catch (IOException | IllegalArgumentException e) {
      throw failure(ErrorKind.DNS, String.valueOf(e.getMessage()));
    }
  }

  private static InetSocketAddress address(Optional<String> server) throws IOException {
    if (server.isPresent()) {
      HostAndPort place = HostAndPort.parse(server.get());
      int port = place.port() == HostAndPort.NO_PORT ? PORT : place.port();
      return new InetSocketAddress(InetAddress.getByName(place.host()), port);
    }
    return ResolverConfig.getCurrentConfig().servers().stream()
        .findFirst()
        .orElseThrow(() ->
            failure(ErrorKind.INTERNAL, "this node has no name server; name one in the line"));
  }

  private static ScriptFailure failure(ErrorKind kind, String text) {
    return new ScriptFailure(kind, Phase.DNS, text);
  }
}
