package dev.jiggety.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.couch.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker in a second process with a certificate and a password. */
class EncryptedQueueTest extends PatchQueueContract {
  @TempDir static Path folder;
  private static @Nullable TestBroker broker;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = TestBroker.encrypted(folder);
    TestBroker.certificates(folder, "other-");
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Override
  PatchQueue open() {
    return ArtemisQueue.open(broker.config());
  }

  @Override
  PatchQueue openSecond() {
    return open();
  }

  @Test
  void aWrongPasswordIsRefusedInOneLineThatDoesNotTellIt() {
    Credentials wrong = Credentials.of("manager", "battery staple");
    refused(
        broker.config().withCredentials(wrong),
        "localhost:" + broker.port() + ": it refuses the name or the password");
  }

  @Test
  void anUnknownCertificateIsRefused() {
    refused(
        broker.config().withAuthority(folder.resolve("other-ca.pem")),
        "localhost:" + broker.port() + ": its certificate is not trusted");
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws IOException {
    BrokerUrl byAddress = BrokerUrl.parse("ssl://127.0.0.1:" + broker.port());
    QueueConfig.Remote known = broker.config();
    refused(
        new QueueConfig.Remote(byAddress, known.credentials(), known.authority()),
        "127.0.0.1:" + broker.port() + ": its certificate is not trusted");
  }

  @Test
  void aFileWithoutCertificatesIsNamed() {
    Path file = folder.resolve("credentials");
    refused(broker.config().withAuthority(file), file + " holds no certificate");
  }

  /** Both ways to use the line are refused, with the same reason, and without any secret. */
  private static void refused(QueueConfig config, String reason) {
    try (PatchQueue queue = ArtemisQueue.open(config);
        Listener candidate = Listener.keeping(queue)) {
      assertThatThrownBy(() -> queue.put(new QueuedPatch("p", 1)))
          .isInstanceOf(QueueException.class)
          .hasMessageContaining(reason)
          .message()
          .hasLineCount(1)
          .doesNotContain("battery");
      assertThat(candidate.awaitPassive(reason)).doesNotContain("battery");
    }
  }
}
