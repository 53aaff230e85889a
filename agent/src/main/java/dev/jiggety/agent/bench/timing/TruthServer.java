package dev.jiggety.agent.bench.timing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A web server that takes its time in each phase of an answer and says exactly how much. {@code GET
 * /ID} is answered; how long each phase is delayed is the server's choice and nobody's wish. A
 * platform thread serves each connection, so that the kernel knows how long it waited for a
 * processor.
 */
public final class TruthServer implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final int PARTS = 4;
  private static final byte[] PART = "x".repeat(1000).getBytes(StandardCharsets.US_ASCII);

  private final Delays delays;
  private final Consumer<Truth> control;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("truth-", 0).factory());
  private final TruthNames names;
  private final ServerSocket plain;
  private final ServerSocket secure;
  private final Optional<SSLContext> tls;

  /**
   * From nothing up to how long each phase is delayed.
   *
   * @param dns the answer of the name server
   * @param ssl the answer to the client's hello
   * @param first the first byte of the answer
   * @param part each of the three later parts of the body
   */
  public record Delays(Duration dns, Duration ssl, Duration first, Duration part) {
    /** None at all. */
    public static final Delays NONE =
        new Delays(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** A site far away that thinks for a while. */
    public static final Delays USUAL =
        new Delays(
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(1000),
            Duration.ofMillis(400));
  }

  /**
   * Starts one on the loopback address.
   *
   * @param tls with its certificate; empty to speak no TLS
   * @param control is told of every answer, on the thread that gave it
   */
  public TruthServer(Delays delays, Optional<SSLContext> tls, Consumer<Truth> control)
      throws IOException {
    this.delays = delays;
    this.control = control;
    this.tls = tls;
    this.names = new TruthNames(delays.dns());
    this.plain = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    this.secure = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    threads.execute(() -> accept(plain, false));
    threads.execute(() -> accept(secure, true));
  }

  /** Where http is spoken. */
  public int port() {
    return plain.getLocalPort();
  }

  /** Where the name server listens (UDP). */
  public int namePort() {
    return names.port();
  }

  /** Where https is spoken. */
  public int securePort() {
    return secure.getLocalPort();
  }

  private void accept(ServerSocket listener, boolean secured) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        threads.execute(() -> serve(socket, secured));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket accepted, boolean secured) {
    long waitedBefore = runQueue();
    try (Stamped stamped = new Stamped(accepted)) {
      stamped.setTcpNoDelay(true);
      if (!secured) {
        answer(stamped, stamped, Truth.ABSENT, waitedBefore);
        return;
      }
      int first = stamped.getInputStream().read();
      long hello = stamped.read();
      if (first < 0) {
        return;
      }
      sleepUntil(hello + upTo(delays.ssl()));
      try (SSLSocket over = lay(stamped, (byte) first)) {
        over.startHandshake();
        answer(stamped, over, stamped.writtenBeforeRead() - hello, waitedBefore);
      }
    } catch (IOException e) {
      // the client gave up; then there is no truth to tell
    }
  }

  private SSLSocket lay(Stamped stamped, byte first) throws IOException {
    return (SSLSocket)
        tls.orElseThrow(() -> new IOException("no certificate"))
            .getSocketFactory()
            .createSocket(stamped, new ByteArrayInputStream(new byte[] {first}), true);
  }

  private void answer(Stamped stamped, Socket socket, long ssl, long waitedBefore)
      throws IOException {
    long id = request(socket.getInputStream());
    if (id < 0) {
      return;
    }
    long asked = stamped.read();
    OutputStream out = socket.getOutputStream();
    sleepUntil(asked + upTo(delays.first()));
    out.write(head());
    stamped.push();
    long first = stamped.written();
    for (int i = 1; i < PARTS; i++) {
      sleepUntil(stamped.written() + upTo(delays.part()));
      out.write(PART);
      stamped.push();
    }
    long last = stamped.written();
    control.accept(
        new Truth(
            id,
            names.taken(id).orElse(Truth.ABSENT),
            ssl,
            first - asked,
            last - first,
            runQueue() - waitedBefore));
  }

  /** Status line, headers and the first part of the body, in one write. */
  private static byte[] head() {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: "
            + PARTS * PART.length
            + "\r\n\r\n";
    byte[] bytes = new byte[head.length() + PART.length];
    System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, head.length());
    System.arraycopy(PART, 0, bytes, head.length(), PART.length);
    return bytes;
  }

  /** Reads a request's head; the number in its path, or -1 when there is none. */
  private static long request(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    byte[] piece = new byte[4096];
    while (head.indexOf("\r\n\r\n") < 0) {
      int count = in.read(piece);
      if (count < 0) {
        return -1;
      }
      head.append(new String(piece, 0, count, StandardCharsets.ISO_8859_1));
    }
    String[] words = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
    try {
      return words.length > 1 && words[1].startsWith("/")
          ? Long.parseLong(words[1], 1, words[1].length(), 10)
          : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private long upTo(Duration most) {
    return most.isZero() ? 0 : random.nextLong(most.toNanos());
  }

  private static void sleepUntil(long time) {
    for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** How long this thread has waited for a processor in its life; 0 where nobody tells. */
  private static long runQueue() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/schedstat"));
      return Long.parseLong(stat.strip().split(" ", -1)[1]);
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    names.close();
    plain.close();
    secure.close();
    threads.shutdownNow();
  }
}
