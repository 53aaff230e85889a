package dev.jiggety.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on a real socket that does what it is told, wrong things above all. Answers every
 * request by one function; counts connections. Thread-safe.
 */
public final class FaultServer implements AutoCloseable {
  private final ServerSocket listener;
  private final String scheme;
  private final Function<Request, Answer> script;
  private final AtomicInteger connections = new AtomicInteger();
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * A request.
   *
   * @param headers names in lower case
   * @param body a character for each byte (ISO 8859-1)
   */
  public record Request(String method, String path, Map<String, String> headers, String body) {}

  /** What the server does about a request. */
  public sealed interface Answer {
    /**
     * Answers, and keeps the connection.
     *
     * @param body a character for each byte (ISO 8859-1)
     */
    record Reply(int status, Map<String, String> headers, String body) implements Answer {
      /** The same with one more header. */
      public Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
      }

      /** The same, compressed. */
      public Reply gzipped() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
          gzip.write(body.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return new Reply(status, headers, bytes.toString(StandardCharsets.ISO_8859_1))
            .with("Content-Encoding", "gzip");
      }
    }

    /** Cuts the connection without a word. */
    record Cut() implements Answer {}

    /** Begins the answer, sends half of its body, and cuts the connection. */
    record Half(Reply reply) implements Answer {}

    /** Begins the answer, sends half of its body, and says no more. */
    record HalfAndStall(Reply reply) implements Answer {}

    /** Says nothing, for ever. */
    record Stall() implements Answer {}
  }

  /** An answer in JSON. */
  public static Answer.Reply json(int status, String body) {
    return new Answer.Reply(
        status,
        Map.of("Content-Type", "application/json"),
        new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }

  /** A server without TLS. */
  public static FaultServer start(Function<Request, Answer> script) {
    return new FaultServer(ServerSocketFactory.getDefault(), "http", script);
  }

  /** A server with TLS. */
  public static FaultServer start(SSLContext tls, Function<Request, Answer> script) {
    return new FaultServer(tls.getServerSocketFactory(), "https", script);
  }

  private FaultServer(
      ServerSocketFactory factory, String scheme, Function<Request, Answer> script) {
    this.scheme = scheme;
    this.script = script;
    try {
      this.listener = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("fault-server").start(this::accept);
  }

  /** Where it is, by address. */
  public URI url() {
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
  }

  /** How many connections were made to it. */
  public int connections() {
    return connections.get();
  }

  /** What it was asked, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Cuts every connection that is open now. */
  public void cutAll() {
    open.forEach(FaultServer::closeQuietly);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cutAll();
  }

  private void accept() {
    while (closed.getCount() > 0) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().name("fault-connection").start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (Request request = read(in); request != null; request = read(in)) {
        requests.add(request);
        if (!answer(socket, script.apply(request))) {
          return;
        }
      }
    } catch (IOException e) {
      // The client went away, as many of these tests want it to.
    } finally {
      open.remove(socket);
    }
  }

  /** Whether the connection goes on. */
  private boolean answer(Socket socket, Answer answer) throws IOException {
    switch (answer) {
      case Answer.Reply reply -> {
        send(socket, reply, reply.body().length());
        return true;
      }
      case Answer.Half(Answer.Reply reply) -> send(socket, reply, reply.body().length() / 2);
      case Answer.HalfAndStall(Answer.Reply reply) -> {
        send(socket, reply, reply.body().length() / 2);
        stall();
      }
      case Answer.Stall() -> stall();
      case Answer.Cut() -> {}
    }
    return false;
  }

  private void stall() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(Socket socket, Answer.Reply reply, int bytes) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Status\r\n");
    reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: " + reply.body().length() + "\r\n\r\n");
    var out = socket.getOutputStream();
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.write(reply.body().getBytes(StandardCharsets.ISO_8859_1), 0, bytes);
    out.flush();
  }

  private static @Nullable Request read(InputStream in) throws IOException {
    String first = line(in);
    if (first == null) {
      return null;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        return null; // no HTTP at all
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    String[] words = first.split(" ", 3);
    return new Request(words[0], words[1], headers, body);
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
