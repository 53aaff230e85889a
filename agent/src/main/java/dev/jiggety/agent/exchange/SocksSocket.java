package dev.jiggety.agent.exchange;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A socket that connects by way of a SOCKS 5 proxy (RFC 1928), with user name and password (RFC
 * 1929) where there is one. Java has this too, but asks the whole process for the password. The
 * address to connect to may hold the host's name and no address ({@link #unresolved}): then the
 * proxy looks it up.
 */
final class SocksSocket extends Socket {
  private static final int VERSION = 5;
  private static final int CONNECT = 1;
  private static final int NO_LOG_IN = 0;
  private static final int PASSWORD = 2;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final byte[] NOWHERE = {0, 0, 0, 0};

  private final Via via;
  private final InetAddress proxy;

  /**
   * A socket.
   *
   * @param proxy the address of the proxy's host
   */
  SocksSocket(Via via, InetAddress proxy) {
    this.via = via;
    this.proxy = proxy;
  }

  /** A host whose address the proxy has to find. */
  static InetAddress unresolved(String host) throws IOException {
    return InetAddress.getByAddress(host, NOWHERE);
  }

  /** Makes them, as OkHttp asks for them. */
  static final class Factory extends SocketFactory {
    private final Via via;
    private final Supplier<@Nullable InetAddress> proxy;

    /**
     * A factory.
     *
     * @param proxy the address of the proxy's host, known by the time a socket is needed
     */
    Factory(Via via, Supplier<@Nullable InetAddress> proxy) {
      this.via = via;
      this.proxy = proxy;
    }

    @Override
    public Socket createSocket() throws IOException {
      InetAddress address = proxy.get();
      if (address == null) {
        throw new NameException(via.place() + " was not looked up");
      }
      return new SocksSocket(via, address);
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw unsupported();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw unsupported();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw unsupported();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw unsupported();
    }

    private static UnsupportedOperationException unsupported() {
      return new UnsupportedOperationException("only sockets that are connected later");
    }
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    setTcpNoDelay(true); // see PromptSockets
    super.connect(new InetSocketAddress(proxy, via.port()), timeout);
    DataInputStream in = new DataInputStream(getInputStream());
    OutputStream out = getOutputStream();
    try {
      greet(in, out);
      ask(in, out, (InetSocketAddress) endpoint);
    } catch (EOFException e) {
      throw new ProxyException(via.place() + " hung up");
    }
  }

  private void greet(DataInputStream in, OutputStream out) throws IOException {
    boolean known = via.user() != null;
    out.write(
        known ? new byte[] {VERSION, 2, NO_LOG_IN, PASSWORD} : new byte[] {VERSION, 1, NO_LOG_IN});
    out.flush();
    if (in.readUnsignedByte() != VERSION) {
      throw new ProxyException(via.place() + " does not speak SOCKS 5");
    }
    int chosen = in.readUnsignedByte();
    if (chosen == PASSWORD && known) {
      logIn(in, out);
    } else if (chosen != NO_LOG_IN) {
      throw new ProxyException(via.place() + " wants another log-in");
    }
  }

  private void logIn(DataInputStream in, OutputStream out) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(1);
    for (String text : new String[] {String.valueOf(via.user()), via.password()}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      message.write(bytes.length);
      message.writeBytes(bytes);
    }
    out.write(message.toByteArray());
    out.flush();
    in.readUnsignedByte();
    if (in.readUnsignedByte() != 0) {
      throw new ProxyException(via.place() + " does not accept user name and password");
    }
  }

  private void ask(DataInputStream in, OutputStream out, InetSocketAddress endpoint)
      throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(new byte[] {VERSION, CONNECT, 0});
    byte[] address = endpoint.getAddress().getAddress();
    if (java.util.Arrays.equals(address, NOWHERE)) {
      byte[] name = endpoint.getHostString().getBytes(StandardCharsets.US_ASCII);
      message.write(NAME);
      message.write(name.length);
      message.writeBytes(name);
    } else {
      message.write(address.length == NOWHERE.length ? IPV4 : IPV6);
      message.writeBytes(address);
    }
    message.write(endpoint.getPort() >> 8);
    message.write(endpoint.getPort());
    out.write(message.toByteArray());
    out.flush();
    in.readUnsignedByte();
    int reply = in.readUnsignedByte();
    if (reply != 0) {
      throw new ProxyException(via.place() + " says: " + words(reply));
    }
    in.readUnsignedByte();
    int length =
        switch (in.readUnsignedByte()) {
          case IPV4 -> 4;
          case IPV6 -> 16;
          default -> in.readUnsignedByte();
        };
    in.skipNBytes(length + 2L);
  }

  private static String words(int reply) {
    return switch (reply) {
      case 2 -> "not allowed";
      case 3 -> "network unreachable";
      case 4 -> "host unreachable";
      case 5 -> "connection refused";
      case 6 -> "the connection took too long";
      default -> "SOCKS error " + reply;
    };
  }
}
