package dev.jiggety.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of the guide. Every page's must be right; here those of the pages run that have no
 * test of their own: writing-tests.md and network-tests.md, but for dns, which DnsProbeTest runs.
 */
class GuideTest {
  private static final Path GUIDE = Path.of("../docs/guide");
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(id:.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void everyTestInTheGuideIsRight() throws IOException {
    int tests = 0;
    try (Stream<Path> pages = Files.list(GUIDE)) {
      for (Path page : pages.toList()) {
        List<TestDefinition> found = read(page.getFileName().toString());
        tests += found.size();
      }
    }
    assertThat(tests).isGreaterThan(15);
  }

  @Test
  void theTestsOfTheFirstPageRun() throws IOException {
    try (MockWebServer shop = new MockWebServer()) {
      shop.start();
      for (TestDefinition test : read("writing-tests.md")) {
        shop.enqueue(new MockResponse.Builder().body("tea, three kinds").build());
        String url = ((Check.Http) test.check()).url();
        Check here = Check.Http.get(url.replace("https://shop.example/", shop.url("/").toString()));
        assertThat(measure(test, here).failure()).as(test.id()).isNull();
      }
      assertThat(shop.getRequestCount()).isEqualTo(2);
    }
  }

  @Test
  void theMailServerGreets() throws IOException {
    TestDefinition test = byId("mail-greets");
    Check.Tcp tcp = (Check.Tcp) test.check();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = server.accept()) {
              byte[] greeting = "220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII);
              socket.getOutputStream().write(greeting);
            } catch (IOException e) {
              // the test says what it misses
            }
          });
      Check here =
          new Check.Tcp(
              "127.0.0.1",
              server.getLocalPort(),
              tcp.send(),
              tcp.expect(),
              tcp.tls(),
              tcp.connection());
      assertThat(measure(test, here).failure()).isNull();
    }
  }

  @Test
  void theCertificateIsThatOfTheShop() throws IOException {
    TestDefinition test = byId("shop-certificate");
    HeldCertificate own =
        new HeldCertificate.Builder()
            .commonName("shop.example")
            .addSubjectAlternativeName("shop.example")
            .duration(90, TimeUnit.DAYS)
            .build();
    try (MockWebServer shop = new MockWebServer()) {
      shop.useHttps(
          new HandshakeCertificates.Builder().heldCertificate(own).build().sslSocketFactory());
      shop.start();
      Connection trusting =
          new Connection(
              Connection.Version.AUTO,
              Connection.Family.ANY,
              "127.0.0.1",
              null,
              null,
              own.certificatePem(),
              null,
              null);
      Check.Tls tls = (Check.Tls) test.check();
      Check here = new Check.Tls(tls.host(), shop.getPort(), tls.serverName(), trusting);
      assertThat(measure(test, here).failure()).isNull();
    }
  }

  private static Sample measure(TestDefinition test, Check here) {
    return Probes.find(here.kind())
        .orElseThrow()
        .measure(new Probe.Request(here, test.timeout(), test.assertions()));
  }

  private TestDefinition byId(String id) throws IOException {
    return read("network-tests.md").stream()
        .filter(test -> test.id().equals(id))
        .findAny()
        .orElseThrow();
  }

  private List<TestDefinition> read(String page) throws IOException {
    List<Path> files = new ArrayList<>();
    Matcher example = EXAMPLE.matcher(Files.readString(GUIDE.resolve(page)));
    while (example.find()) {
      Path file = folder.resolve(page + files.size() + ".yaml");
      files.add(Files.writeString(file, example.group(1)));
    }
    return files.isEmpty() ? List.of() : TestYaml.readAll(files);
  }
}
