package dev.jiggety.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jiggety.agent.exchange.SmallNameServer.Reply;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Connection.Family;
import dev.jiggety.model.Connection.Version;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.testing.Ports;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** All the ways to a site, each against a server that is there. */
class ConnectionsTest {
  private static final HeldCertificate ROOT =
      new HeldCertificate.Builder().certificateAuthority(0).build();
  private static final HeldCertificate SITE =
      new HeldCertificate.Builder()
          .addSubjectAlternativeName("shop.example")
          .addSubjectAlternativeName("localhost")
          .signedBy(ROOT)
          .build();

  /** Knows no name at all but that of the machine. */
  private final HopClient client =
      new HopClient(
          new NameResolver(ConnectionsTest::onlyLocalhost, System::nanoTime),
          Tls.system(),
          System::nanoTime);

  private FaultServer plain;
  private FaultServer secure;

  private static List<InetAddress> onlyLocalhost(String host) throws UnknownHostException {
    if (host.equals("localhost")) {
      return List.of(InetAddress.ofLiteral("127.0.0.1"));
    }
    throw new UnknownHostException(host);
  }

  @BeforeEach
  void serve() {
    FaultServer.Script ok =
        talk -> {
          talk.request();
          talk.answer(200, "", "ok");
        };
    plain = new FaultServer(ok);
    secure =
        new FaultServer(
            ok,
            new HandshakeCertificates.Builder()
                .heldCertificate(SITE, ROOT.certificate())
                .build()
                .sslSocketFactory(),
            Duration.ZERO);
  }

  @AfterEach
  void close() {
    plain.close();
    secure.close();
  }

  @Test
  void aFixedAddressNeedsNoNameAndKeepsTheHost() {
    HopAnswer answer = send(address("127.0.0.1"), "http://shop.example:" + plain.port() + "/");
    assertOk(answer);
    assertThat(answer.phases().nanos(Phase.DNS)).isEqualTo(Phases.ABSENT);
    assertThat(plain.requests().getFirst()).contains("Host: shop.example:" + plain.port());
    assertOk(send(address("127.0.0.1"), "https://shop.example:" + secure.port() + "/"));
  }

  @Test
  void theNameServerOfATestIsAsked() {
    try (SmallNameServer names = new SmallNameServer(ConnectionsTest::shop)) {
      HopAnswer answer =
          send(resolver(names, Family.IPV4), "http://shop.example:" + plain.port() + "/");
      assertOk(answer);
      assertThat(answer.phases().nanos(Phase.DNS)).isPositive();
      assertThat(names.asked()).containsExactly("udp shop.example. A");
    }
  }

  @Test
  void anAnswerTooLongForUdpIsAskedForOverTcp() {
    try (SmallNameServer names = new SmallNameServer(ConnectionsTest::shop, true)) {
      assertOk(send(resolver(names, Family.IPV4), "http://shop.example:" + plain.port() + "/"));
      assertThat(names.asked()).containsExactly("udp shop.example. A", "tcp shop.example. A");
    }
  }

  @Test
  void bothFamiliesAreAskedForUnlessTheTestWantsOne() {
    try (SmallNameServer names = new SmallNameServer(ConnectionsTest::shop)) {
      assertOk(send(resolver(names, Family.ANY), "http://shop.example:" + plain.port() + "/"));
      assertThat(names.asked())
          .containsExactlyInAnyOrder("udp shop.example. A", "udp shop.example. AAAA");
    }
  }

  @Test
  void aFamilyThatTheHostDoesNotHave() {
    assertFailure(
        send(family(Family.IPV6), "http://localhost:" + plain.port() + "/"),
        ErrorKind.DNS,
        Phase.DNS,
        "localhost has no IPv6 address");
    assertFailure(
        send(family(Family.IPV6), "http://127.0.0.1:" + plain.port() + "/"),
        ErrorKind.DNS,
        Phase.DNS,
        "127.0.0.1 has no IPv6 address");
    assertOk(send(family(Family.IPV4), "http://localhost:" + plain.port() + "/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NXDOMAIN > the name shop.example does not exist, says the name server 127.0.0.1:",
        "SERVFAIL > answers SERVFAIL when asked for shop.example",
        "REFUSED > answers REFUSED when asked for shop.example",
        "NOERROR > shop.example has no IPv4 address"
      })
  void aNameServerThatHasNothingToOffer(String line) {
    String[] parts = line.split(" > ", -1);
    try (SmallNameServer names =
        new SmallNameServer(asked -> new Reply(Rcode.value(parts[0]), List.of()))) {
      assertFailure(
          send(resolver(names, Family.IPV4), "http://shop.example/"),
          ErrorKind.DNS,
          Phase.DNS,
          parts[1]);
    }
  }

  @Test
  void aNameServerThatSaysNothing() {
    try (SmallNameServer names = new SmallNameServer(asked -> Reply.SILENCE)) {
      HopAnswer answer =
          send(resolver(names, Family.ANY), "http://shop.example/", Duration.ofMillis(300));
      assertFailure(answer, ErrorKind.TIMEOUT, Phase.DNS, "still resolving shop.example");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void byAProxy(boolean socks) {
    try (SmallProxy proxy = new SmallProxy(socks, null, null)) {
      Connection via = proxy(proxy.url(""));
      HopAnswer answer = send(via, "http://shop.example:" + plain.port() + "/a?b");
      assertOk(answer);
      assertThat(plain.requests().getFirst())
          .startsWith("GET /a?b HTTP/1.1\r\n")
          .contains("Host: shop.example:" + plain.port());
      assertThat(answer.phases().nanos(Phase.CONNECT)).isPositive();
      assertThat(answer.phases().nanos(Phase.DNS)).isEqualTo(Phases.ABSENT);
      assertOk(send(via, "https://shop.example:" + secure.port() + "/"));
      assertThat(proxy.asked())
          .containsExactly("shop.example:" + plain.port(), "shop.example:" + secure.port());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void byAProxyThatAsksWhoIsThere(boolean socks) {
    try (SmallProxy proxy = new SmallProxy(socks, "ann", "p@ss:word")) {
      Connection via = proxy(proxy.url("ann:p%40ss%3Aword@"));
      assertOk(send(via, "http://shop.example:" + plain.port() + "/"));
      assertOk(send(via, "https://shop.example:" + secure.port() + "/"));
      HopAnswer wrong =
          send(proxy(proxy.url("ann:x@")), "https://shop.example:" + secure.port() + "/");
      assertFailure(wrong, ErrorKind.REFUSED, Phase.CONNECT, "the proxy 127.0.0.1:" + proxy.port());
      HopAnswer nobody = send(proxy(proxy.url("")), "https://shop.example:" + secure.port() + "/");
      assertFailure(nobody, ErrorKind.REFUSED, Phase.CONNECT, "the proxy 127.0.0.1:");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aProxyThatDoesNotLetThrough(boolean socks) {
    try (SmallProxy proxy = new SmallProxy(socks, null, null)) {
      assertFailure(
          send(proxy(proxy.url("")), "https://forbidden.example/"),
          ErrorKind.REFUSED,
          Phase.CONNECT,
          socks ? "says: not allowed" : "does not let the connection through");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void aProxyThatIsNotThere(String scheme) {
    int port = Ports.free();
    assertFailure(
        send(proxy(scheme + "://127.0.0.1:" + port), "https://shop.example/"),
        ErrorKind.REFUSED,
        Phase.CONNECT,
        "the proxy 127.0.0.1:" + port + " refused the connection");
  }

  @Test
  void theSocksProxyLooksNamesUpUnlessTheTestSaysHow() {
    try (SmallProxy proxy = new SmallProxy(true, null, null);
        SmallNameServer names = new SmallNameServer(ConnectionsTest::shop)) {
      Connection here =
          new Connection(
              Version.AUTO, Family.IPV4, null, names.place(), proxy.url(""), null, null, null);
      assertOk(send(here, "http://shop.example:" + plain.port() + "/"));
      assertThat(proxy.asked()).containsExactly("127.0.0.1:" + plain.port());
    }
  }

  @Test
  void anAuthorityOfOnesOwnIsTrustedBesides() {
    String url = "https://localhost:" + secure.port() + "/";
    assertFailure(
        send(Connection.DEFAULT, url), ErrorKind.TLS, Phase.SSL, "not signed by an authority");
    HopAnswer answer = send(authority(ROOT.certificatePem()), url);
    assertOk(answer);
    assertThat(answer.tls().issuer())
        .isEqualTo(SITE.certificate().getIssuerX500Principal().getName());
    assertThat(answer.tls().hosts()).containsExactly("shop.example", "localhost");
    assertThat(answer.tls().protocol()).isEqualTo("TLSv1.3");
    assertThat(answer.tls().chain()).hasSizeGreaterThanOrEqualTo(1);
  }

  @Test
  void whatIsNoCertificateIsToldAtOnceAndShowsNoKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.session(options(authority("nonsense"))))
        .withMessage("the authority holds no certificates in PEM");
    Connection mixed = client(SITE.certificatePem(), "-----BEGIN RSA PRIVATE KEY-----\nsecret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.session(options(mixed)))
        .withMessageContaining("openssl pkcs8")
        .withMessageNotContaining("secret");
  }

  private static Reply shop(Record asked) {
    Name name = asked.getName();
    Name real = Name.fromConstantString("real.example.");
    InetAddress loopback = InetAddress.getLoopbackAddress();
    List<Record> records =
        asked.getType() == Type.A
            ? List.of(
                new CNAMERecord(name, DClass.IN, 60, real),
                new ARecord(real, DClass.IN, 60, loopback))
            : asked.getType() == Type.AAAA
                ? List.of(new AAAARecord(name, DClass.IN, 60, InetAddress.ofLiteral("::1")))
                : List.of();
    return new Reply(Rcode.NOERROR, records);
  }

  private HopAnswer send(Connection connection, String url) {
    return send(connection, url, Duration.ofSeconds(10));
  }

  private HopAnswer send(Connection connection, String url, Duration timeout) {
    Connection trusting =
        connection.equals(Connection.DEFAULT) || connection.authority() != null
            ? connection
            : with(connection, ROOT.certificatePem());
    try (HopSession session = client.session(options(trusting))) {
      return session.send(HopRequest.get(url), Deadline.after(System.nanoTime(), timeout));
    }
  }

  private static HopOptions options(Connection connection) {
    return new HopOptions(connection, false, HopOptions.KEPT, HopOptions.LARGEST);
  }

  private static Connection with(Connection c, String authority) {
    return new Connection(
        c.version(),
        c.family(),
        c.address(),
        c.resolver(),
        c.proxy(),
        authority,
        c.clientCertificate(),
        c.clientKey());
  }

  private static Connection authority(String pem) {
    return with(Connection.DEFAULT, pem);
  }

  private static Connection client(String certificate, String key) {
    return new Connection(Version.AUTO, Family.ANY, null, null, null, null, certificate, key);
  }

  private static Connection address(String address) {
    return new Connection(Version.AUTO, Family.ANY, address, null, null, null, null, null);
  }

  private static Connection family(Family family) {
    return new Connection(Version.AUTO, family, null, null, null, null, null, null);
  }

  private static Connection resolver(SmallNameServer names, Family family) {
    return new Connection(Version.AUTO, family, null, names.place(), null, null, null, null);
  }

  private static Connection proxy(String proxy) {
    return new Connection(Version.AUTO, Family.ANY, null, null, proxy, null, null, null);
  }

  private static void assertOk(HopAnswer answer) {
    assertThat(answer.failure()).isNull();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().text()).isEqualTo("ok");
  }

  private static void assertFailure(HopAnswer answer, ErrorKind kind, Phase phase, String text) {
    assertThat(answer.failure()).isNotNull();
    assertThat(answer.failure().kind()).as(answer.failure().toString()).isEqualTo(kind);
    assertThat(answer.failure().phase()).as(answer.failure().toString()).isEqualTo(phase);
    assertThat(answer.failure().text()).contains(text);
  }
}
