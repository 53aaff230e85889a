package dev.jiggety.agent.exchange;

import dev.jiggety.base.HostAndPort;
import dev.jiggety.model.Connection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A name server that is asked directly, over UDP and where the answer does not fit over TCP (RFC
 * 1035). Asks once, remembers nothing. Safe for any thread.
 */
public final class NameServer {
  private static final int PORT = 53;

  private final String place;
  private final InetSocketAddress address;

  /** The server at an address. */
  public NameServer(InetSocketAddress address) {
    this.address = address;
    this.place = HostAndPort.of(address.getHostString(), address.getPort());
  }

  /** The port of a name server that names none. */
  static int port(HostAndPort server) {
    return server.port() == HostAndPort.NO_PORT ? PORT : server.port();
  }

  /** Where it is, for people. */
  public String place() {
    return place;
  }

  /**
   * Asks one question and waits for the answer, whatever it says.
   *
   * @param name a domain name; taken as absolute
   * @param type as in {@link Type}
   * @param nanos how long to wait, in nanoseconds
   * @throws InterruptedIOException when nothing came in time
   * @throws java.net.UnknownHostException when the name cannot be one
   * @throws IOException when the server cannot be asked
   */
  public Message ask(String name, int type, long nanos) throws IOException {
    return answers(List.of(question(name, type)), nanos).getFirst();
  }

  /** The addresses of a host. */
  List<InetAddress> addresses(String host, Connection.Family family, long nanos)
      throws IOException {
    List<Message> questions = new ArrayList<>();
    if (family != Connection.Family.IPV6) {
      questions.add(question(host, Type.A));
    }
    if (family != Connection.Family.IPV4) {
      questions.add(question(host, Type.AAAA));
    }
    List<InetAddress> found = new ArrayList<>();
    IOException wrong = null;
    for (Message answer : answers(questions, nanos)) {
      try {
        found.addAll(addresses(host, answer));
      } catch (IOException e) {
        wrong = wrong == null ? e : wrong;
      }
    }
    if (found.isEmpty() && wrong != null) {
      throw wrong;
    }
    return found;
  }

  private List<Message> answers(List<Message> questions, long nanos) throws IOException {
    long end = System.nanoTime() + nanos;
    try {
      List<Message> answers = new ArrayList<>(Questions.ask(address, questions, nanos));
      for (int i = 0; i < answers.size(); i++) {
        if (answers.get(i).getHeader().getFlag(Flags.TC)) {
          answers.set(i, overTcp(questions.get(i), end - System.nanoTime()));
        }
      }
      return answers;
    } catch (InterruptedIOException | NameException e) {
      throw e;
    } catch (IOException e) {
      if (Failures.isOurs(e)) {
        throw e;
      }
      throw new NameException("the name server " + place + " cannot be asked: " + e.getMessage());
    }
  }

  private List<InetAddress> addresses(String host, Message answer) throws NameException {
    if (answer.getRcode() == Rcode.NXDOMAIN) {
      throw new NameException(
          "the name " + host + " does not exist, says the name server " + place);
    }
    if (answer.getRcode() != Rcode.NOERROR) {
      throw new NameException(
          "the name server "
              + place
              + " answers "
              + Rcode.string(answer.getRcode())
              + " when asked for "
              + host);
    }
    List<InetAddress> found = new ArrayList<>();
    for (Record record : answer.getSection(Section.ANSWER)) {
      switch (record) {
        case ARecord four -> found.add(four.getAddress());
        case AAAARecord six -> found.add(six.getAddress());
        default -> {} // the names on the way there
      }
    }
    return found;
  }

  private static Message question(String name, int type) throws NameException {
    try {
      Name absolute = Name.fromString(name, Name.root);
      return Message.newQuery(Record.newRecord(absolute, type, DClass.IN));
    } catch (TextParseException e) {
      throw new NameException(name + " is not a domain name");
    }
  }

  /** An answer that does not fit into a datagram. */
  private Message overTcp(Message question, long nanos) throws IOException {
    SimpleResolver resolver = new SimpleResolver(address);
    resolver.setTCP(true);
    resolver.setTimeout(Duration.ofNanos(Math.max(nanos, 1_000_000)));
    try {
      return resolver.send(question);
    } catch (SocketTimeoutException e) {
      throw new InterruptedIOException("timeout");
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("imed out")) {
        throw new InterruptedIOException("timeout");
      }
      throw e;
    }
  }
}
