package dev.jiggety.agent.probe.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.probe.Probe;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Sample;
import dev.jiggety.testing.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProbeTest {
  private final TcpProbe probe = new TcpProbe();
  private final CountDownLatch over = new CountDownLatch(1);
  private ServerSocket server;

  /** What the other side does. */
  private interface Side {
    void talk(Socket socket) throws IOException, InterruptedException;
  }

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    over.countDown();
    server.close();
  }

  @Test
  void connects() {
    serve(_ -> {});
    Sample sample = measure(null, null);
    assertThat(sample.failure()).isNull();
    assertThat(sample.phases().time(Phase.CONNECT)).isPresent();
    assertThat(sample.phases().sum()).isEqualTo(sample.total());
  }

  @Test
  void saysAndHears() {
    serve(socket -> {
      socket.getOutputStream().write("220 mail ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] said = socket.getInputStream().readNBytes(6);
      String answer =
          new String(said, StandardCharsets.US_ASCII).equals("QUIT\r\n") ? "221" : "500";
      socket.getOutputStream().write((answer + " bye\r\n").getBytes(StandardCharsets.US_ASCII));
    });
    Sample sample = measure("QUIT\\r\\n", "(?m)^221 bye");
    assertThat(sample.failure()).isNull();
    assertThat(sample.bytes()).isPositive();
  }

  @Test
  void tellsWhatCameInstead() {
    serve(
        socket -> socket.getOutputStream().write("554 no\r\n".getBytes(StandardCharsets.US_ASCII)));
    Failure failure = Objects.requireNonNull(measure(null, "^220").failure());
    assertThat(failure.kind()).isEqualTo(ErrorKind.ASSERTION);
    assertThat(failure.text()).contains("expected to match \"^220\", found \"554 no\"");
  }

  @Test
  void endsAtTheTimeoutHoweverSlowlyItDrips() {
    serve(socket -> {
      while (over.getCount() > 0) {
        socket.getOutputStream().write('x');
        over.await(20, TimeUnit.MILLISECONDS);
      }
    });
    Failure failure = Objects.requireNonNull(measure(null, "never").failure());
    assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(failure.phase()).isEqualTo(Phase.RECEIVE);
  }

  @Test
  void isRefusedWhereNobodyListens() {
    Failure failure = Objects.requireNonNull(measure(Ports.free(), null, null).failure());
    assertThat(failure.kind()).isEqualTo(ErrorKind.REFUSED);
  }

  private Sample measure(@Nullable String send, @Nullable String expect) {
    return measure(server.getLocalPort(), send, expect);
  }

  private Sample measure(int port, @Nullable String send, @Nullable String expect) {
    Check.Tcp tcp = new Check.Tcp("127.0.0.1", port, send, expect, false, Connection.DEFAULT);
    return probe.measure(new Probe.Request(tcp, Duration.ofSeconds(1), List.of()));
  }

  private void serve(Side side) {
    Thread.ofVirtual()
        .start(() -> {
          try (Socket socket = server.accept()) {
            side.talk(socket);
          } catch (IOException | InterruptedException e) {
            // the test is over
          }
        });
  }
}
