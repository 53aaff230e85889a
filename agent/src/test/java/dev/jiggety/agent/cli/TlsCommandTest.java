package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.couch.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates from the command line. */
class TlsCommandTest {
  @TempDir Path folder;

  @Test
  void certificatesAreMadeKeptAndRenewed() {
    String tls = folder.resolve("tls").toString();
    Cli.Result made = Cli.run("provision", "--tls", tls, "--host", "hub.example,10.0.0.5");
    assertThat(made.exitCode()).as(made.err()).isEqualTo(ExitCode.FINE);
    String fingerprint =
        Certificates.forPeople(
            Certificates.fingerprint(Certificates.read(folder.resolve("tls/ca.pem")).getFirst()));
    assertThat(made.out())
        .contains("hub: made", "hub.example, 10.0.0.5", "--tls-key " + tls, fingerprint);
    assertThat(Cli.run("provision", "--tls", tls).out()).contains("still good", fingerprint);
    assertThat(Cli.run("provision", "--tls", tls, "--renew").out())
        .contains("renewed", "hub.example, 10.0.0.5", fingerprint);
  }

  @Test
  void whatIsMissingIsSaidInOneLine() {
    Cli.Result noHost = Cli.run("provision", "--tls", folder.resolve("new").toString());
    assertThat(noHost.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(noHost.errorLines()).singleElement().asString().contains("--host");
    Cli.Result noFolder = Cli.run("provision", "--host", "hub.example");
    assertThat(noFolder.errorLines()).singleElement().asString().contains("--tls DIR");
    Cli.Result half =
        Cli.run("hub", "--data", folder.toString(), "--admin-party", "--tls-key", "x");
    assertThat(half.errorLines()).singleElement().asString().contains("--tls-certificate");
    Cli.Result open =
        Cli.run("hub", "--data", folder.toString(), "--bind", "0.0.0.0", "--admin-party");
    assertThat(open.exitCode()).isNotZero();
    Cli.Result noFile =
        Cli.run("status", "--hub", "https://127.0.0.1:1", "--ca", folder + "/none.pem");
    assertThat(noFile.errorLines())
        .singleElement()
        .asString()
        .contains("none.pem", "is the file there");
  }

  @Test
  void doctorAndStatusSeeTheCertificateOfTheHub() throws Exception {
    String tls = folder.resolve("tls").toString();
    Cli.run("provision", "--tls", tls, "--host", "hub.example");
    String ca = tls + "/ca.pem";
    try (EmbeddedHub hub =
        EmbeddedHub.start(
            HubConfig.loopback(0, folder.resolve("hub"))
                .withWire(
                    new HubConfig.Wire.Tls(Path.of(tls, "hub.pem"), Path.of(tls, "hub.key"))))) {
      String url = hub.url().toString();
      assertThat(Cli.run("provision", "--hub", url, "--ca", ca).exitCode())
          .isEqualTo(ExitCode.FINE);
      assertThat(Cli.run("doctor", "--hub", url, "--ca", ca).out())
          .contains("✓ certificate of the hub: good until");
      Cli.Result strange = Cli.run("doctor", "--hub", url);
      assertThat(strange.exitCode()).isEqualTo(ExitCode.HUB);
      assertThat(strange.out()).contains("does not know its authority", "--ca FILE");
      Cli.Result status = Cli.run("status", "--hub", url, "--ca", ca);
      assertThat(status.exitCode()).as(status.err()).isEqualTo(ExitCode.FINE);
      Cli.Result plain = Cli.run("status", "--hub", url.replace("https:", "http:"));
      assertThat(plain.err()).contains("write https instead of http");
      assertThat(hub.status().certificateEnds())
          .contains(
              Certificates.parse(Files.readString(Path.of(tls, "hub.pem")))
                  .getFirst()
                  .getNotAfter()
                  .toInstant());
    }
  }

  @Test
  void aCertificateThatEndsSoonIsInTheStatusWhoeverTheHubIs() throws Exception {
    Instant end = Instant.now().plus(Duration.ofDays(9)).plusSeconds(60);
    HeldCertificate held =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("127.0.0.1")
            .validityInterval(0, end.toEpochMilli())
            .build();
    Path pem = Files.writeString(folder.resolve("hub.pem"), held.certificatePem());
    Path key = Files.writeString(folder.resolve("hub.key"), held.privateKeyPkcs8Pem());
    try (EmbeddedHub hub =
        EmbeddedHub.start(
            HubConfig.loopback(0, folder.resolve("hub"))
                .withWire(new HubConfig.Wire.Tls(pem, key)))) {
      String url = hub.url().toString();
      String ca = pem.toString();
      Cli.run("provision", "--hub", url, "--ca", ca);
      assertThat(Cli.run("status", "--hub", url, "--ca", ca).out())
          .containsOnlyOnce("the hub's certificate ends in 9 days");
      assertThat(Cli.run("status", "--json", "--hub", url, "--ca", ca).out())
          .contains("\"certificateEnds\":\"" + end.truncatedTo(ChronoUnit.SECONDS));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              hub.status().vitals().notices().stream()
                  .anyMatch(it -> it.contains("certificate ends in 9 days")));
    }
  }
}
