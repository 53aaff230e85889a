package dev.jiggety.agent.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A server on the loopback that does what it is told, byte by byte. */
public final class FaultServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Script script;
  private final @Nullable SSLSocketFactory tls;
  private final Duration beforeTls;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** What happens on a connection, after the TLS handshake if there is one. */
  @FunctionalInterface
  public interface Script {
    void play(Talk talk) throws Exception;
  }

  /** Speaks plainly. */
  public FaultServer(Script script) {
    this(script, null, Duration.ZERO);
  }

  /** Speaks TLS, after a while. */
  public FaultServer(Script script, @Nullable SSLSocketFactory tls, Duration beforeTls) {
    this.script = script;
    this.tls = tls;
    this.beforeTls = beforeTls;
    try {
      listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** The address of something on it. */
  public String url(String path) {
    return (tls == null ? "http" : "https") + "://localhost:" + port() + path;
  }

  /** The heads of the requests so far. */
  public List<String> requests() {
    return requests;
  }

  /** How many came so far. */
  public int connections() {
    return connections.get();
  }

  /** One side of a connection. */
  public final class Talk {
    private final Socket socket;

    private Talk(Socket socket) {
      this.socket = socket;
    }

    /** Reads the head of a request, up to the empty line. */
    public String request() throws IOException {
      StringBuilder head = new StringBuilder();
      InputStream in = socket.getInputStream();
      while (head.indexOf("\r\n\r\n") < 0) {
        int c = in.read();
        if (c < 0) {
          break;
        }
        head.append((char) c);
      }
      requests.add(head.toString());
      return head.toString();
    }

    /** Sends text in UTF-8. */
    public void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes. */
    public void send(byte[] bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    }

    /** A whole answer. */
    public void answer(int status, String headers, String body) throws IOException {
      send(
          "HTTP/1.1 %d X\r\n%sContent-Length: %d\r\n\r\n%s"
              .formatted(status, headers, body.getBytes(StandardCharsets.UTF_8).length, body));
    }

    /** Lets time pass, unless the server closes. */
    public void delay(long millis) throws InterruptedException {
      boolean closed = closing.await(millis, TimeUnit.MILLISECONDS);
      if (closed) {
        throw new InterruptedException("closing");
      }
    }

    /** Says nothing any more until the server closes. */
    public void stall() throws InterruptedException {
      closing.await();
    }

    /** Ends the connection with RST. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  @Override
  public void close() {
    closing.countDown();
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
        connections.incrementAndGet();
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      if (tls == null) {
        script.play(new Talk(socket));
      } else {
        closing.await(beforeTls.toMillis(), TimeUnit.MILLISECONDS);
        try (var secure =
            (javax.net.ssl.SSLSocket) tls.createSocket(socket, null, socket.getPort(), true)) {
          secure.setUseClientMode(false);
          secure.startHandshake();
          script.play(new Talk(secure));
        }
      }
    } catch (Exception e) {
      // the client went away, which many a test is about
    }
  }
}
