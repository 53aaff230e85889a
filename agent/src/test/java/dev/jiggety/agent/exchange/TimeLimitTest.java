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
  void oneThatDoesNotCloseKeepsNoOtherOpen() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(32);
    long end = System.nanoTime() + 10 * MOMENT; // for all of them
    for (int i = 0; i < 32; i++) {
      Socket stubborn =
          new Socket() {
            @Override
            public void close() throws IOException {
              throw new IOException("not now");
            }
          };
      Thread.ofVirtual()
          .start(() -> {
            try {
              TimeLimit.during(
                  stubborn,
                  end - System.nanoTime(),
                  open -> {
                    begun.countDown();
                    await(done);
                    return open;
                  });
            } catch (IOException e) {
              // its time is over
            }
          });
    }
    begun.await();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                TimeLimit.during(
                    socket, end - System.nanoTime(), open -> open.getInputStream().read());
              } catch (IOException e) {
                // closed, as it should be
              }
            });
    assertThat(reader.join(Duration.ofSeconds(20))).isTrue();
    done.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
