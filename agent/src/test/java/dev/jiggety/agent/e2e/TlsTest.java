package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.agent.certificate.CertificateFolder;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.TlsTrust;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hub, manager, node and command line as processes that speak TLS, by an authority of our own. */
class TlsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Credentials ROOT = Credentials.of("root", "a long password");
  private static final Map<String, String> AS_ROOT =
      Map.of("JIGGETY_USER", ROOT.user(), "JIGGETY_PASSWORD", ROOT.password().reveal());

  @TempDir Path folder;
  private final int port = Ports.free();
  private final String url = "https://127.0.0.1:" + port;

  @Test
  void everythingSpeaksTlsAlsoAfterTheCertificateWasRenewedAndNobodyWithAnotherAuthority()
      throws IOException {
    CertificateFolder files = new CertificateFolder(folder.resolve("tls"));
    try (JiggetyProcess provision =
        JiggetyProcess.start(
            "provision",
            "--tls",
            files.certificate().getParent().toString(),
            "--host",
            "hub.example")) {
      assertThat(provision.waitFor()).as(provision.output()).isZero();
    }
    String ca = files.authority().toString();
    JiggetyProcess server = hub(files);
    try (WatchedSite site = WatchedSite.open();
        Hub hub =
            Hub.open(
                HubAddress.parse(url, Optional.of(ROOT)),
                HubOptions.DEFAULT.withTrust(TlsTrust.only(files.authority())))) {
      new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
      CouchRepositories repositories = new CouchRepositories(hub, DatabaseNames.DEFAULT);
      SigningKey ada = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
      Path key = folder.resolve("ada.key");
      KeyFile.create(key, ada);
      Path trusted =
          Files.writeString(folder.resolve("ada.pub"), KeyFile.line(ada.trusted()) + "\n");
      try (JiggetyProcess manager =
              start(
                  "manager", "--data", data("manager"), "--trust", trusted.toString(), "--ca", ca);
          JiggetyProcess node =
              start("node", "--name", "north", "--data", data("north"), "--ca", ca)) {
        await("node and manager").atMost(PATIENCE).until(() -> both(repositories, Instant.EPOCH));
        // A node that has just started on a busy machine may not be ready in time at first.
        await("a patch").atMost(PATIENCE.multipliedBy(2)).until(() -> apply(site, key, ca) == 0);
        await().atMost(PATIENCE).until(() -> site.visits("shop") > 0);

        files.provision(List.of(), true, Instant.now());
        server.awaitLine("a new certificate is shown");
        server.kill();
        Instant killed = Instant.now();
        server = hub(files);
        await("node and manager by new connections")
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(() -> both(repositories, killed));
        assertThat(node.output()).doesNotContain("certificate");
        assertThat(manager.output()).doesNotContain("certificate");
      }
      refused();
    } finally {
      server.close();
    }
  }

  private int apply(WatchedSite site, Path key, String ca) throws IOException {
    try (JiggetyProcess apply =
        start("apply", tests(site).toString(), "--key", key.toString(), "--ca", ca)) {
      return apply.waitFor();
    }
  }

  /** Whether node and manager were heard after a moment. */
  private static boolean both(CouchRepositories hub, Instant after) {
    return hub.nodes().all().stream().anyMatch(it -> it.heartbeatAt().isAfter(after))
        && hub.health().managers().stream().anyMatch(it -> it.heartbeatAt().isAfter(after));
  }

  private void refused() throws IOException {
    CertificateFolder other = new CertificateFolder(folder.resolve("other"));
    other.provision(List.of("hub.example"), false, Instant.now());
    String ca = other.authority().toString();
    try (JiggetyProcess status = start("status", "--ca", ca);
        JiggetyProcess node =
            start("node", "--name", "south", "--data", data("south"), "--ca", ca)) {
      assertThat(status.waitFor()).isEqualTo(3);
      assertThat(status.output()).contains("does not go back to the authority in " + ca);
      node.awaitLine("does not go back to the authority in " + ca);
    }
  }

  private JiggetyProcess hub(CertificateFolder files) throws IOException {
    Path admin = folder.resolve("admin");
    Files.writeString(admin, ROOT.user() + "\n" + ROOT.password().reveal() + "\n");
    Files.setPosixFilePermissions(admin, PosixFilePermissions.fromString("rw-------"));
    JiggetyProcess server =
        JiggetyProcess.start(
            "hub",
            "--port",
            Integer.toString(port),
            "--data",
            data("hub"),
            "--admin",
            admin.toString(),
            "--tls-certificate",
            files.certificate().toString(),
            "--tls-key",
            files.key().toString());
    server.awaitLine("hub is listening on https://");
    return server;
  }

  private JiggetyProcess start(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--hub";
    all[arguments.length + 1] = url;
    return JiggetyProcess.start(AS_ROOT, all);
  }

  private Path tests(WatchedSite site) throws IOException {
    return Files.writeString(
        folder.resolve("shop.yaml"),
        "id: shop\nschedule: {every: 1s}\nhttp: {url: \"%s\"}\n".formatted(site.url("shop")));
  }

  private String data(String part) {
    return folder.resolve(part).toString();
  }
}
