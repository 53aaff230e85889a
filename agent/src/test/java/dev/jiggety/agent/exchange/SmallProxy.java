package dev.jiggety.agent.exchange;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on the loopback that speaks HTTP and SOCKS 5. Whatever host it is asked for, it connects
 * to the loopback.
 */
public final class SmallProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final boolean socks;
  private final @Nullable String user;
  private final @Nullable String password;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * Starts one.
   *
   * @param user who may use it; null for anybody
   */
  public SmallProxy(boolean socks, @Nullable String user, @Nullable String password) {
    this.socks = socks;
    this.user = user;
    this.password = password;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Its address, for those who know the password. */
  public String url(String credentials) {
    return (socks ? "socks5" : "http") + "://" + credentials + "127.0.0.1:" + port();
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The hosts and ports that it was asked for. */
  public List<String> asked() {
    return asked;
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      if (socks) {
        socks(socket);
      } else {
        http(socket);
      }
    } catch (IOException e) {
      // one of the two went away
    }
  }

  private void http(Socket client) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = client.getInputStream().read();
      if (c < 0) {
        return;
      }
      head.append((char) c);
    }
    if (user != null) {
      String expected =
          "Proxy-Authorization: Basic "
              + Base64.getEncoder()
                  .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
      if (!head.toString().contains(expected)) {
        answer(client, "407 Log in");
        return;
      }
    }
    String[] line = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
    if (line[0].equals("CONNECT")) {
      asked.add(line[1]);
      if (line[1].startsWith("forbidden")) {
        answer(client, "403 Forbidden");
        return;
      }
      try (Socket site = connect(Integer.parseInt(line[1].split(":", -1)[1]))) {
        client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        join(client, site);
      }
    } else {
      java.net.URI uri = java.net.URI.create(line[1]);
      asked.add(uri.getHost() + ":" + uri.getPort());
      try (Socket site = connect(uri.getPort())) {
        site.getOutputStream()
            .write(
                head.toString().replaceFirst("http://[^/]*", "").getBytes(StandardCharsets.UTF_8));
        join(client, site);
      }
    }
  }

  private static void answer(Socket client, String status) throws IOException {
    client
        .getOutputStream()
        .write(
            ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
  }

  private void socks(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    OutputStream out = client.getOutputStream();
    in.readUnsignedByte();
    byte[] methods = in.readNBytes(in.readUnsignedByte());
    boolean knows = new String(methods, StandardCharsets.ISO_8859_1).indexOf(2) >= 0;
    out.write(new byte[] {5, (byte) (user == null ? 0 : knows ? 2 : 0xff)});
    if (user != null) {
      if (!knows) {
        return;
      }
      in.readUnsignedByte();
      String name = text(in, in.readUnsignedByte());
      String word = text(in, in.readUnsignedByte());
      boolean right = name.equals(user) && word.equals(password);
      out.write(new byte[] {1, (byte) (right ? 0 : 1)});
      if (!right) {
        return;
      }
    }
    in.readNBytes(3);
    String host =
        switch (in.readUnsignedByte()) {
          case 1 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
          case 3 -> text(in, in.readUnsignedByte());
          case 4 -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
          default -> throw new EOFException();
        };
    int port = in.readUnsignedShort();
    asked.add(host + ":" + port);
    if (host.startsWith("forbidden")) {
      out.write(new byte[] {5, 2, 0, 1, 0, 0, 0, 0, 0, 0});
      return;
    }
    try (Socket site = connect(port)) {
      out.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
      join(client, site);
    }
  }

  private static String text(DataInputStream in, int length) throws IOException {
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static void join(Socket client, Socket site) throws IOException {
    Thread there = Thread.ofPlatform().daemon().start(() -> pass(client, site));
    pass(site, client);
    there.interrupt();
  }

  private static void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // the other way ends it
    }
  }
}
