package dev.jiggety.agent.exchange;

import dev.jiggety.base.HostAndPort;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Phase;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections for those who speak something else than HTTP over them, and TLS on top, the way
 * that a {@link Connection} says. Each phase is on the clock. Safe for any thread. What it throws
 * is for {@link Failures}.
 */
public final class Dialler {
  private static final int LONGEST_HEAD = 8192;

  private final NameResolver resolver;
  private final Tls tls;
  private final LongSupplier nanos;

  /**
   * A dialler.
   *
   * @param tls whom it trusts
   * @param nanos the monotonic clock
   */
  public Dialler(NameResolver resolver, Tls tls, LongSupplier nanos) {
    this.resolver = resolver;
    this.tls = tls;
    this.nanos = nanos;
  }

  /** As it is used: the machine's names and clock, Java's trusted authorities. */
  public static Dialler system() {
    LongSupplier nanos = System::nanoTime;
    return new Dialler(NameResolver.system(nanos), Tls.system(), nanos);
  }

  /** Something that blocks on a socket. */
  @FunctionalInterface
  public interface Talk<T> {
    /** Does it. */
    T over(Socket socket) throws IOException;
  }

  /**
   * Connects. The clock goes through {@link Phase#DNS} and {@link Phase#CONNECT} and comes back to
   * {@link Phase#BLOCKED}.
   *
   * @throws IllegalArgumentException with a sentence for people when the connection makes no sense
   */
  public Socket connect(Connection how, String host, int port, Deadline deadline, PhaseClock clock)
      throws IOException {
    Directions directions = new Directions(how, resolver, nanos);
    Directions.Targets targets = directions.to(host, deadline, clock);
    List<InetAddress> addresses = targets.addresses();
    for (int i = 0; ; i++) {
      clock.enter(Phase.CONNECT, nanos.getAsLong());
      try {
        Socket socket = connect(directions.via(), targets, i, host, port, deadline);
        clock.enter(Phase.BLOCKED, nanos.getAsLong());
        return socket;
      } catch (IOException e) {
        if (i + 1 >= addresses.size() || deadline.at() - nanos.getAsLong() <= 0) {
          throw e;
        }
      }
    }
  }

  /**
   * Makes a verified TLS handshake, on the clock as {@link Phase#SSL}.
   *
   * @param serverName sent as SNI, and what the certificate must be for
   */
  public SSLSocket secure(
      Connection how,
      Socket socket,
      String serverName,
      int port,
      Deadline deadline,
      PhaseClock clock)
      throws IOException {
    Tls mine = tls.with(how);
    clock.enter(Phase.SSL, nanos.getAsLong());
    SSLSocket secure = until(deadline, socket, plain -> mine.handshake(plain, serverName, port));
    clock.enter(Phase.BLOCKED, nanos.getAsLong());
    return secure;
  }

  /**
   * Does something on a socket that must be over by the deadline; else the socket is closed.
   *
   * @throws InterruptedIOException when it was not
   */
  public <T> T until(Deadline deadline, Socket socket, Talk<T> talk) throws IOException {
    return TimeLimit.during(socket, deadline.left(nanos.getAsLong()), talk);
  }

  private Socket connect(
      @Nullable Via via,
      Directions.Targets targets,
      int i,
      String host,
      int port,
      Deadline deadline)
      throws IOException {
    InetAddress address = targets.addresses().get(i);
    InetAddress proxy = targets.proxy();
    Via tunnel = via != null && !via.socks() ? via : null;
    Socket socket = via != null && proxy != null ? new SocksSocket(via, proxy) : new Socket();
    InetSocketAddress there = new InetSocketAddress(address, tunnel == null ? port : tunnel.port());
    try {
      until(
          deadline,
          socket,
          open -> {
            open.setTcpNoDelay(true); // see PromptSockets
            open.connect(there, 0);
            if (tunnel != null) {
              tunnel(tunnel, open, HostAndPort.of(host, port));
            }
            return open;
          });
      return socket;
    } catch (IOException e) {
      closeQuietly(socket);
      throw e;
    }
  }

  /** RFC 9110 §9.3.6. */
  private static void tunnel(Via via, Socket socket, String place) throws IOException {
    StringBuilder head = new StringBuilder("CONNECT " + place + " HTTP/1.1\r\n");
    head.append("Host: ").append(place).append("\r\n");
    if (via.user() != null) {
      byte[] user = (via.user() + ":" + via.password()).getBytes(StandardCharsets.UTF_8);
      head.append("Proxy-Authorization: Basic ")
          .append(Base64.getEncoder().encodeToString(user))
          .append("\r\n");
    }
    socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      int c = socket.getInputStream().read();
      if (c < 0 || answer.length() > LONGEST_HEAD) {
        throw new ProxyException(via.place() + " hung up");
      }
      answer.append((char) c);
    }
    String status = answer.substring(0, answer.indexOf("\r\n"));
    if (!status.matches("HTTP/1\\.[01] 2\\d\\d.*")) {
      throw new ProxyException(via.place() + " does not let the connection through: " + status);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // nobody uses it any more
    }
  }
}
