package dev.jiggety.agent.exchange;

import dev.jiggety.model.Phase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.LongSupplier;
import okio.BufferedSource;
import okio.Okio;

/**
 * One exchange in HTTP/1.1 over a connection of its own, straight to the site and without TLS. All
 * of it happens on the calling thread: a phase ends where the call returns that waited for it.
 *
 * @param received gets what comes, as far as it comes
 */
record WireExchange(LongSupplier nanos, HopOptions options, PhaseClock clock, Received received) {

  /** Connects, asks, and reads all of the answer. */
  void send(InetSocketAddress there, WireRequest request, Deadline deadline) throws IOException {
    long left = deadline.left(nanos.getAsLong());
    clock.enter(Phase.CONNECT, nanos.getAsLong());
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true); // see PromptSockets
      TimeLimit.during(
          socket,
          left,
          open -> {
            open.connect(there, 0);
            received.connected = true;
            talk(open, request);
            return open;
          });
    }
  }

  private void talk(Socket socket, WireRequest request) throws IOException {
    BufferedSource in = Okio.buffer(Okio.source(socket.getInputStream()));
    clock.enter(Phase.SEND, nanos.getAsLong());
    try {
      request.send(socket.getOutputStream());
    } catch (IOException e) {
      answerAnyway(in, request, e);
      return;
    }
    clock.enter(Phase.WAIT, nanos.getAsLong());
    answer(in, WireHead.read(in), request);
  }

  /** A server need not read all of a request that it refuses. */
  private void answerAnyway(BufferedSource in, WireRequest request, IOException why)
      throws IOException {
    WireHead head;
    try {
      head = WireHead.read(in);
    } catch (IOException e) {
      throw why;
    }
    answer(in, head, request);
  }

  private void answer(BufferedSource in, WireHead head, WireRequest request) throws IOException {
    clock.enter(Phase.RECEIVE, nanos.getAsLong());
    received.status = head.status();
    received.reason = head.reason();
    received.protocol = head.protocol();
    received.headers = head.headers();
    Body.Reader body = new Body.Reader(options, nanos);
    try {
      body.read(
          head.value("Content-Type"),
          head.value("Content-Encoding"),
          WireBody.of(in, head, request.method()));
    } finally {
      received.body = body.body();
    }
  }
}
