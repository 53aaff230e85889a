package dev.jiggety.agent.exchange;

import dev.jiggety.model.Connection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
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
    return await(send(name, type, nanos), nanos);
  }

  /** The addresses of a host. */
  List<InetAddress> addresses(String host, Connection.Family family, long nanos)
      throws IOException {
    CompletionStage<Message> four =
        family == Connection.Family.IPV6 ? null : send(host, Type.A, nanos);
    CompletionStage<Message> six =
        family == Connection.Family.IPV4 ? null : send(host, Type.AAAA, nanos);
    List<InetAddress> found = new ArrayList<>();
    IOException wrong = null;
    for (CompletionStage<Message> question : both(four, six)) {
      try {
        found.addAll(addresses(host, await(question, nanos)));
      } catch (IOException e) {
        wrong = wrong == null ? e : wrong;
      }
    }
    if (found.isEmpty() && wrong != null) {
      throw wrong;
    }
    return found;
  }

  private static List<CompletionStage<Message>> both(
      @Nullable CompletionStage<Message> four, @Nullable CompletionStage<Message> six) {
    if (four == null || six == null) {
      return four != null ? List.of(four) : six != null ? List.of(six) : List.of();
    }
    return List.of(four, six);
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

  private CompletionStage<Message> send(String name, int type, long nanos) throws NameException {
    SimpleResolver resolver = new SimpleResolver(address);
    resolver.setTimeout(Duration.ofNanos(Math.max(nanos, 1_000_000)));
    try {
      Name absolute = Name.fromString(name, Name.root);
      return resolver.sendAsync(
          Message.newQuery(Record.newRecord(absolute, type, DClass.IN)), Runnable::run);
    } catch (TextParseException e) {
      throw new NameException(name + " is not a domain name");
    }
  }

  private Message await(CompletionStage<Message> question, long nanos) throws IOException {
    try {
      return question.toCompletableFuture().get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new InterruptedIOException("timeout");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() instanceof CompletionException c ? c.getCause() : e.getCause();
      String message = cause == null ? "" : String.valueOf(cause.getMessage());
      if (message.contains("imed out")) {
        throw new InterruptedIOException("timeout");
      }
      throw new NameException("the name server " + place + " cannot be asked: " + message);
    }
  }
}
