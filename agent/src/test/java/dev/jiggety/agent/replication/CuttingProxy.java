package dev.jiggety.agent.replication;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a server on the loopback address, passes on what both say, and cuts
 * the line where a test wants it.
 */
public final class CuttingProxy implements AutoCloseable {

  /** Where to cut. */
  public enum Where {
    /** After so many bytes of a request. */
    REQUEST,
    /** After so many bytes of an answer. */
    ANSWER,
    /** Never. */
    NOWHERE
  }

  /**
   * When to cut.
   *
   * @param request cut a request, or the answer to it, whose first line contains this
   * @param after so many bytes, counted from the start of that request or answer
   * @param times how often in all
   */
  public record Cut(Where where, String request, int after, int times) {
    public static final Cut NONE = new Cut(Where.NOWHERE, "", 0, 0);
  }

  private final ServerSocket socket;
  private final int serverPort;
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile Cut cut = Cut.NONE;

  /** Begins to pass on what is said to it. */
  public CuttingProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return socket.getLocalPort();
  }

  /** How often a line was cut since {@link #cut}. */
  public int cuts() {
    return cuts.get();
  }

  /** From now on, cuts like this. */
  public void cut(Cut next) {
    cuts.set(0);
    cut = next;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var client = socket.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        var line = new Line(client, server);
        Thread.ofVirtual().name("proxy-request").start(line::requests);
        Thread.ofVirtual().name("proxy-answer").start(line::answers);
      } catch (IOException e) {
        // Closed, or the server is away: the client sees a closed line.
      }
    }
  }

  /** One connection; an HTTP client sends one request at a time over it. */
  private final class Line {
    private final Socket client;
    private final Socket server;
    private volatile String request = "";

    Line(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void requests() {
      pass(client, server, Where.REQUEST);
    }

    void answers() {
      pass(server, client, Where.ANSWER);
    }

    private void pass(Socket from, Socket to, Where what) {
      var buffer = new byte[8192];
      var passed = 0;
      var current = "";
      try (from;
          to;
          InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          if (what == Where.REQUEST) {
            noteRequest(buffer, n);
          }
          passed = current.equals(request) ? passed : 0;
          current = request;
          var room = room(what, passed);
          out.write(buffer, 0, Math.min(n, room));
          out.flush();
          if (n > room) {
            cuts.incrementAndGet();
            return;
          }
          passed += n;
        }
      } catch (IOException e) {
        // One side has gone; the other is closed with this.
      }
    }

    private void noteRequest(byte[] buffer, int length) {
      var text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
      if (text.matches("(?s)(GET|POST|PUT|DELETE|HEAD) /.*")) {
        request = text.substring(0, text.indexOf('\r')) + " #" + System.nanoTime();
      }
    }

    private int room(Where what, int passed) {
      var now = cut;
      return now.where == what && request.contains(now.request) && cuts.get() < now.times
          ? Math.max(0, now.after - passed)
          : Integer.MAX_VALUE;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
