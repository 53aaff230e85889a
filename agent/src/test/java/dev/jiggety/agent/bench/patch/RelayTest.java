package dev.jiggety.agent.bench.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A line that can be cut, silenced and mended. */
class RelayTest {
  private ServerSocket server;
  private Relay relay;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::echo);
    relay =
        new Relay(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
  }

  @AfterEach
  void close() throws IOException {
    relay.close();
    server.close();
  }

  @Test
  void passesOnWhatBothSay() throws IOException {
    try (Socket client = connect()) {
      assertThat(echoOf(client, 42)).isEqualTo(42);
    }
  }

  @Test
  void aCutEndsWhatIsOpenAndWhatIsNew() throws IOException {
    try (Socket client = connect()) {
      assertThat(echoOf(client, 1)).isEqualTo(1);
      relay.set(Relay.State.CUT);
      assertThat(isOver(client)).isTrue();
    }
    try (Socket late = connect()) {
      assertThat(isOver(late)).isTrue();
    }
    relay.set(Relay.State.OPEN);
    try (Socket client = connect()) {
      assertThat(echoOf(client, 7)).isEqualTo(7);
    }
  }

  @Test
  void aSilentLineKeepsWhatIsSaidUntilItIsMended() throws IOException {
    try (Socket client = connect()) {
      assertThat(echoOf(client, 1)).isEqualTo(1);
      relay.set(Relay.State.SILENT);
      client.getOutputStream().write(9);
      client.setSoTimeout(200);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      relay.set(Relay.State.OPEN);
      client.setSoTimeout(10_000);
      assertThat(client.getInputStream().read()).isEqualTo(9);
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static int echoOf(Socket client, int value) throws IOException {
    client.getOutputStream().write(value);
    return client.getInputStream().read();
  }

  /** Closed in order, or reset. */
  private static boolean isOver(Socket client) {
    try {
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private void echo() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> echo(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void echo(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // It was cut.
    }
  }
}
