package dev.jiggety.agent.probe.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jiggety.model.ErrorKind;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

class AskedNamesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AskedNames names = new AskedNames();

  @Test
  void asksTheServerThatIsNamed() throws IOException {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> serve(server));
      Optional<String> at = Optional.of("127.0.0.1:" + server.getLocalPort());
      assertThat(names.ask("shop.example", "MX", at, PATIENCE))
          .containsExactly("10 mail.shop.example.");
      ScriptFailure gone =
          catchThrowableOfType(
              ScriptFailure.class, () -> names.ask("gone.example", "MX", at, PATIENCE));
      assertThat(gone.failure().kind()).isEqualTo(ErrorKind.DNS);
      assertThat(gone.failure().text()).isEqualTo("there is no name gone.example");
    }
  }

  @Test
  void whoDoesNotAnswerIsATimeout() throws IOException {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Optional<String> at = Optional.of("127.0.0.1:" + silent.getLocalPort());
      ScriptFailure failure =
          catchThrowableOfType(
              ScriptFailure.class, () -> names.ask("shop.example", "A", at, Duration.ofMillis(50)));
      assertThat(failure.failure().kind()).isEqualTo(ErrorKind.TIMEOUT);
    }
  }

  private static void serve(DatagramSocket socket) {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        socket.receive(packet);
        Message question = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        Record asked = question.getQuestion();
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(asked, Section.QUESTION);
        if (asked.getName().toString().startsWith("shop")) {
          Name mail = Name.fromString("mail.shop.example.");
          answer.addRecord(
              new MXRecord(asked.getName(), asked.getDClass(), 60, 10, mail), Section.ANSWER);
        } else {
          answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        byte[] bytes = answer.toWire();
        socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
      }
    } catch (SocketException e) {
      // closed: the test is over
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
