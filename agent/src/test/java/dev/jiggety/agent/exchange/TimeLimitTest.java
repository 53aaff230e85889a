package dev.jiggety.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long MOMENT = Duration.ofMillis(30).toNanos();

  private ServerSocket mute;
  private Socket socket;

  @BeforeEach
  void connect() throws IOException {
    mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    socket = new Socket(mute.getInetAddress(), mute.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    mute.close();
    socket.close();
  }

  @Test
  void whatTakesTooLongIsEndedEvenWhileLongerOnesGoOn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (Socket other = new Socket(mute.getInetAddress(), mute.getLocalPort())) {
      Thread longer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  TimeLimit.during(
                      other,
                      MINUTE,
                      open -> {
                        begun.countDown();
                        return open.getInputStream().read();
                      });
                } catch (IOException e) {
                  // the test has failed by then
                }
              });
      begun.await();
      for (int i = 0; i < 3; i++) {
        try (Socket again = new Socket(mute.getInetAddress(), mute.getLocalPort())) {
          assertThatThrownBy(
                  () -> TimeLimit.during(again, MOMENT, open -> open.getInputStream().read()))
              .isInstanceOf(InterruptedIOException.class)
              .hasMessage("timeout");
        }
      }
      assertThat(longer.isAlive()).isTrue();
      other.shutdownInput();
      longer.join();
    }
  }

  @Test
  void whatEndsInTimeKeepsItsSocket() throws IOException {
    Integer seven = TimeLimit.during(socket, MINUTE, open -> 7);
    assertThat(seven).isEqualTo(7);
    assertThat(socket.isClosed()).isFalse();
  }

  @Test
  void whatFailsByItselfIsNoTimeout() {
    assertThatThrownBy(() ->
            TimeLimit.during(
                socket,
                MINUTE,
                open -> {
                  throw new SocketException("Connection reset");
                }))
        .isInstanceOf(SocketException.class);
  }
}
