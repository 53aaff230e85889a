package dev.jiggety.agent.queue;

import dev.jiggety.couch.Credentials;
import dev.jiggety.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;

/** {@code jiggety broker} in a process of its own, that can be killed and started again. */
final class TestBroker implements AutoCloseable {
  static final Credentials KNOWN = Credentials.of("manager", "correct horse battery");

  private final Path folder;
  private final int port;
  private final boolean tls;
  private Child process;

  private TestBroker(Path folder, int port, boolean tls) {
    this.folder = folder;
    this.port = port;
    this.tls = tls;
    this.process = begin();
  }

  /** Open to everybody on this machine. */
  static TestBroker plain(Path folder) throws IOException {
    return new TestBroker(folder, Ports.free(), false);
  }

  /** With a certificate for localhost, and a password. */
  static TestBroker encrypted(Path folder) throws IOException {
    certificates(folder, "");
    Path credentials = folder.resolve("credentials");
    Files.writeString(credentials, KNOWN.user() + "\n" + KNOWN.password().reveal() + "\n");
    Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-------"));
    return new TestBroker(folder, Ports.free(), true);
  }

  /** Writes an authority, a certificate for localhost, and its key. */
  static void certificates(Path folder, String name) throws IOException {
    HeldCertificate authority =
        new HeldCertificate.Builder().certificateAuthority(0).duration(2, TimeUnit.DAYS).build();
    HeldCertificate broker =
        new HeldCertificate.Builder()
            .signedBy(authority)
            .addSubjectAlternativeName("localhost")
            .duration(1, TimeUnit.DAYS)
            .build();
    Files.writeString(folder.resolve(name + "ca.pem"), authority.certificatePem());
    Files.writeString(folder.resolve(name + "cert.pem"), broker.certificatePem());
    Files.writeString(folder.resolve(name + "key.pem"), broker.privateKeyPkcs8Pem());
  }

  Path folder() {
    return folder;
  }

  int port() {
    return port;
  }

  Child process() {
    return process;
  }

  QueueConfig.Remote config() {
    return tls
        ? QueueConfig.at("ssl://localhost:" + port)
            .withCredentials(KNOWN)
            .withAuthority(folder.resolve("ca.pem"))
        : QueueConfig.at("tcp://127.0.0.1:" + port);
  }

  void kill() {
    process.kill();
  }

  /** Starts it again where it was. */
  void startAgain() {
    process = begin();
  }

  @Override
  public void close() {
    process.close();
  }

  private Child begin() {
    List<String> arguments =
        new ArrayList<>(
            List.of("broker", "--data", folder.resolve("line").toString(), "--port", "" + port));
    if (tls) {
      arguments.addAll(
          List.of(
              "--bind",
              "localhost",
              "--tls-certificate",
              folder.resolve("cert.pem").toString(),
              "--tls-key",
              folder.resolve("key.pem").toString(),
              "--credentials",
              folder.resolve("credentials").toString()));
    }
    Child child = Child.jiggety(arguments.toArray(String[]::new));
    child.awaitLine("broker is listening on");
    return child;
  }
}
