package dev.jiggety.agent.bench.patch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A line that can fail: stands between a client and a server on the loopback address and passes on
 * what both say, until it is told otherwise. Safe for any thread.
 */
final class Relay implements AutoCloseable {
  private static final int CONNECT_MILLIS = 2_000;

  private final ServerSocket socket;
  private final InetSocketAddress server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.OPEN;

  /** How the line is. */
  enum State {
    /** Passes everything on. */
    OPEN,
    /** Connections are closed, new ones as soon as they are made. */
    CUT,
    /** Connections stay and nothing passes: what a lost route looks like. */
    SILENT,
    /** Over for good. */
    CLOSED
  }

  /** A line to that server, on a port of its own. */
  Relay(InetSocketAddress server) throws IOException {
    this.server = server;
    this.socket = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("relay").start(this::accept);
  }

  /** Where clients connect. */
  int port() {
    return socket.getLocalPort();
  }

  /** Makes the line so. */
  void set(State next) {
    lock.lock();
    try {
      state = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (next == State.CUT || next == State.CLOSED) {
      Set.copyOf(open).forEach(this::end);
    }
  }

  @Override
  public void close() throws IOException {
    set(State.CLOSED);
    socket.close();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().name("relay-connect").start(() -> connect(client));
      } catch (IOException e) {
        // Closed, or out of sockets for a moment: the client sees a closed line.
      }
    }
  }

  private void connect(Socket client) {
    Socket far = new Socket();
    open.add(client);
    open.add(far);
    if (!mayPass()) {
      end(client);
      end(far);
      return;
    }
    try {
      far.connect(server, CONNECT_MILLIS);
      client.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
    } catch (IOException e) {
      end(client);
      end(far);
      return;
    }
    Thread.ofVirtual().name("relay-there").start(() -> pass(client, far));
    Thread.ofVirtual().name("relay-back").start(() -> pass(far, client));
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[16_384];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0 && mayPass(); n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // One side has gone; the other is closed with this.
    } finally {
      end(from);
      end(to);
    }
  }

  /** Waits as long as the line is silent; false when it is cut. */
  private boolean mayPass() {
    lock.lock();
    try {
      while (state == State.SILENT) {
        changed.awaitUninterruptibly();
      }
      return state == State.OPEN;
    } finally {
      lock.unlock();
    }
  }

  private void end(Socket ended) {
    open.remove(ended);
    try {
      ended.close();
    } catch (IOException e) {
      // It is as closed as it gets.
    }
  }
}
