package dev.jiggety.agent.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.exchange.HopClient;
import dev.jiggety.agent.exchange.NameResolver;
import dev.jiggety.agent.exchange.Tls;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.base.Problem;
import dev.jiggety.base.Secret;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Capture;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Failure;
import dev.jiggety.model.HttpAuthentication;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpBody.Field;
import dev.jiggety.model.HttpBody.Part;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a test sends, step by step, and what it tells when a step fails. */
class HttpProbeRequestsTest {
  private static final Tls TLS = Tls.system();
  private static final Capture TOKEN = new Capture("token", Target.BODY, "token=(\\w+)", true);

  private final MockWebServer server = new MockWebServer();
  private final HttpProbe probe =
      new HttpProbe(
          new HopClient(
              new NameResolver(host -> List.of(InetAddress.getLoopbackAddress()), System::nanoTime),
              TLS,
              System::nanoTime),
          System::nanoTime,
          InstantSource.system());

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aFormIsEncoded() throws Exception {
    RecordedRequest sent =
        sent(
            post(
                new HttpBody.Form(
                    List.of(new Field("user", "ann & co"), new Field("p", "${secret.p}")))),
            Map.of("p", Secret.of("ä=1")));
    assertThat(sent.getBody().utf8()).isEqualTo("user=ann+%26+co&p=%C3%A4%3D1");
    assertThat(sent.getHeaders().get("Content-Type"))
        .isEqualTo("application/x-www-form-urlencoded");
  }

  @Test
  void whatIsPutIntoJsonStaysInsideOfItsString() throws Exception {
    RecordedRequest sent =
        sent(
            post(new HttpBody.Json("{\"p\":\"${secret.p}\"}")), Map.of("p", Secret.of("a\"b\\\n")));
    assertThat(sent.getBody().utf8()).isEqualTo("{\"p\":\"a\\\"b\\\\\\u000a\"}");
    assertThat(sent.getHeaders().get("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void textHasTheMediaTypeThatTheTestGivesIt() throws Exception {
    assertThat(sent(post(new HttpBody.Text("hällo")), Map.of()).getHeaders().get("Content-Type"))
        .isNull();
    HttpRequest xml =
        post(new HttpBody.Form(List.of(new Field("a", "b"))))
            .withHeaders(List.of(new Check.Header("content-type", "text/xml")));
    assertThat(sent(xml, Map.of()).getHeaders().values("Content-Type")).containsExactly("text/xml");
  }

  @Test
  void filesGoAsParts() throws Exception {
    RecordedRequest sent =
        sent(
            post(
                new HttpBody.Multipart(
                    List.of(
                        new Part("no\"te", null, null, "hi ${secret.p}", false),
                        new Part("image", "a.png", null, "AAEC", true),
                        new Part("data", "x.bin", "application/x-y", "z", false)))),
            Map.of("p", Secret.of("you")));
    String type = sent.getHeaders().get("Content-Type");
    assertThat(type).startsWith("multipart/form-data; boundary=");
    String boundary = "--" + type.substring(type.indexOf('=') + 1);
    Buffer expected =
        new Buffer()
            .writeUtf8(boundary + "\r\nContent-Disposition: form-data; name=\"no%22te\"\r\n\r\n")
            .writeUtf8("hi you\r\n")
            .writeUtf8(
                boundary
                    + "\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n"
                    + "Content-Type: image/png\r\n\r\n")
            .write(new byte[] {0, 1, 2})
            .writeUtf8("\r\n")
            .writeUtf8(
                boundary
                    + "\r\nContent-Disposition: form-data; name=\"data\"; filename=\"x.bin\"\r\n"
                    + "Content-Type: application/x-y\r\n\r\nz\r\n"
                    + boundary
                    + "--\r\n");
    assertThat(sent.getBody()).isEqualTo(expected.readByteString());
  }

  @Test
  void logsIn() throws Exception {
    Map<String, Secret> secrets = Map.of("p", Secret.of("geheim"));
    assertThat(
            sent(with(new HttpAuthentication.Basic("ann", "${secret.p}")), secrets)
                .getHeaders()
                .get("Authorization"))
        .isEqualTo("Basic YW5uOmdlaGVpbQ==");
    assertThat(
            sent(with(new HttpAuthentication.Bearer("x-${secret.p}")), secrets)
                .getHeaders()
                .get("Authorization"))
        .isEqualTo("Bearer x-geheim");
  }

  @Test
  void whatIsPutIntoAnAddressIsEncoded() throws Exception {
    HttpRequest search = HttpRequest.get(url("/find/${secret.p}?q=${secret.p}"));
    RecordedRequest sent = sent(search, Map.of("p", Secret.of("a/b c&d")));
    assertThat(sent.getTarget()).isEqualTo("/find/a%2Fb%20c%26d?q=a%2Fb%20c%26d");
  }

  @Test
  void aSecretThatIsMissingIsTheNodesTrouble() {
    Sample sample = probe.measure(request(Check.Http.get(url("/${secret.p}"))));
    assertThat(sample.failure().kind()).isEqualTo(ErrorKind.INTERNAL);
    assertThat(sample.failure().text()).contains("secret.p");
  }

  @Test
  void aCertificateThatIsNoneIsToldBeforeTheTestRuns() {
    Connection broken =
        new Connection(
            Connection.Version.AUTO,
            Connection.Family.ANY,
            null,
            null,
            null,
            "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----",
            null,
            null);
    Check.Http http = Check.Http.get(url("/")).withConnection(broken);
    assertThat(probe.problems(http))
        .containsExactly(
            new Problem("http.connection", "the authority holds no certificates in PEM"));
    assertThat(probe.measure(request(http)).failure())
        .isEqualTo(
            new Failure(
                ErrorKind.INTERNAL,
                null,
                "http.connection: the authority holds no certificates in PEM"));
    assertThat(probe.problems(Check.Http.get(url("/")))).isEmpty();
  }

  @Test
  void logsInFirstAndTakesTheTokenAlong() throws Exception {
    shop();
    Sample sample = probe.measure(request(orders("correct")));
    assertThat(sample.failure()).isNull();
    assertThat(sample.findings().steps())
        .extracting(Step::name)
        .containsExactly("log in", "GET " + url("/orders/${token}"));
    Step first = sample.findings().steps().get(0);
    Step second = sample.findings().steps().get(1);
    assertThat(second.offset()).isEqualTo(first.offset().plus(first.total()));
    assertThat(first.total().plus(second.total())).isEqualTo(sample.total());
    assertThat(first.phases().plus(second.phases())).isEqualTo(sample.phases());
    assertThat(sample.hops()).hasSize(3); // the log-in redirects
    assertThat(server.takeRequest().getTarget()).isEqualTo("/login");
    assertThat(server.takeRequest().getHeaders().get("Cookie")).isEqualTo("session=7");
    assertThat(server.takeRequest().getTarget()).isEqualTo("/orders/abc123");
  }

  @Test
  void aStepThatFailsIsNamedAndEndsTheSample() {
    shop();
    Sample sample = probe.measure(request(orders("wrong")));
    assertThat(sample.failure().kind()).isEqualTo(ErrorKind.ASSERTION);
    assertThat(sample.failure().text())
        .isEqualTo("in the step \"log in\": status: expected in 200-399, found 403");
    assertThat(server.getRequestCount()).isEqualTo(1);
    Evidence evidence = sample.findings().evidence();
    assertThat(evidence.url()).isEqualTo(url("/login"));
    assertThat(evidence.status()).isEqualTo(403);
    assertThat(evidence.headers()).contains(new Check.Header("X-Why", "password"));
    assertThat(evidence.body()).isEqualTo("who are you?");
  }

  @Test
  void whatWasCapturedAsASecretIsShownNowhere() {
    shop();
    Check.Http http = orders("correct");
    Assertion gone = Assertion.that(Target.BODY, Operator.CONTAINS, "nothing at all");
    Sample sample =
        probe.measure(
            new Probe.Request(
                http, Duration.ofSeconds(10), List.of(gone), Map.of("p", Secret.of("correct"))));
    assertThat(sample.failure().text()).contains("orders of *****");
    assertThat(sample.toString()).doesNotContain("abc123");
  }

  @Test
  void aCaptureThatFindsNothingFailsItsStep() {
    server.enqueue(new MockResponse.Builder().body("no such thing").build());
    Check.Http http =
        http(
            HttpRequest.get(url("/${token}")),
            new Check.Before("log in", capturing(HttpRequest.get(url("/")), TOKEN), List.of()));
    Sample sample = probe.measure(request(http));
    assertThat(sample.failure().kind()).isEqualTo(ErrorKind.ASSERTION);
    assertThat(sample.failure().text()).contains("in the step \"log in\"").contains("token");
  }

  @Test
  void whatWasCapturedMayNotFitIntoAHeader() {
    server.enqueue(new MockResponse.Builder().body("token\nis\nlong").build());
    Capture lines = new Capture("lines", Target.BODY, "(?s).*", false);
    Check.Http http =
        http(
            HttpRequest.get(url("/")).withHeaders(List.of(new Check.Header("X-Token", "${lines}"))),
            new Check.Before("log in", capturing(HttpRequest.get(url("/")), lines), List.of()));
    Sample sample = probe.measure(request(http));
    assertThat(sample.failure().kind()).isEqualTo(ErrorKind.PROTOCOL);
    assertThat(sample.failure().text())
        .isEqualTo("a request that cannot be sent, by its method or a header");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void evidenceIsTheBeginningOfTheBody() {
    server.enqueue(new MockResponse.Builder().code(500).body("x".repeat(10_000)).build());
    Sample sample = probe.measure(request(Check.Http.get(url("/"))));
    assertThat(sample.findings().evidence().body()).isEqualTo("x".repeat(4096));
    assertThat(sample.bytes()).isEqualTo(10_000);
  }

  @Test
  void aSampleThatPassedHasNoEvidenceAndOneStepIsNone() {
    server.enqueue(new MockResponse.Builder().body("fine").build());
    Sample sample = probe.measure(request(Check.Http.get(url("/"))));
    assertThat(sample.findings().evidence()).isNull();
    assertThat(sample.findings().steps()).isEmpty();
    assertThat(sample.findings().chunks().getLast().bytes()).isEqualTo(4);
  }

  @Test
  void brotliIsUnpacked() {
    // "Hello World " fifty times, as the brotli of Node packs it
    ByteString packed =
        ByteString.decodeHex("1b5702f81da9559fbaa146ba2a7b536c720d42c6f6260a8c0534401a9f00");
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Encoding", "br")
            .body(new Buffer().write(packed))
            .build());
    Sample sample = probe.measure(asking("Hello World"));
    assertThat(sample.failure()).isNull();
    assertThat(sample.bytes()).isEqualTo(packed.size());
  }

  @Test
  void deflateIsUnpackedWithAndWithoutItsFrame() throws IOException {
    for (boolean bare : new boolean[] {false, true}) {
      Buffer packed = new Buffer();
      try (var sink =
          okio.Okio.buffer(new okio.DeflaterSink(packed, new java.util.zip.Deflater(6, bare)))) {
        sink.writeUtf8("Hello World ".repeat(50));
      }
      server.enqueue(
          new MockResponse.Builder().addHeader("Content-Encoding", "deflate").body(packed).build());
      assertThat(probe.measure(asking("World Hello")).failure()).as("bare %s", bare).isNull();
    }
  }

  @Test
  void aBodyLimitOfTheTest() {
    server.enqueue(new MockResponse.Builder().body("x".repeat(2000)).build());
    Check.Http http =
        new Check.Http(
            HttpRequest.get(url("/")),
            List.of(),
            Connection.DEFAULT,
            Check.Redirects.DEFAULT,
            1000);
    Sample sample = probe.measure(request(http));
    assertThat(sample.failure().kind()).isEqualTo(ErrorKind.LIMIT);
    assertThat(sample.failure().text()).contains("larger than 1000 bytes");
    assertThat(sample.status()).isEqualTo(200);
  }

  @Test
  void aServerThatAsksToTryAgainAtOnceIsNotAskedASecondTime() {
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "0").build());
    server.enqueue(new MockResponse.Builder().body("fine now").build());
    Sample sample = probe.measure(request(Check.Http.get(url("/"))));
    assertThat(sample.status()).isEqualTo(503);
    assertThat(sample.findings().evidence().headers())
        .contains(new Check.Header("Retry-After", "0"));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  private void shop() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String path = request.getTarget();
            MockResponse.Builder answer = new MockResponse.Builder();
            if (path.equals("/login")) {
              return request.getBody() != null && request.getBody().utf8().equals("p=correct")
                  ? answer
                      .code(303)
                      .addHeader("Location", "/welcome")
                      .addHeader("Set-Cookie", "session=7")
                      .build()
                  : answer.code(403).addHeader("X-Why", "password").body("who are you?").build();
            }
            return answer
                .body(path.equals("/welcome") ? "token=abc123" : "orders of " + path.substring(8))
                .build();
          }
        });
  }

  private Check.Http orders(String password) {
    HttpRequest logIn =
        capturing(
            HttpRequest.get(url("/login"))
                .withMethod("POST")
                .withBody(new HttpBody.Form(List.of(new Field("p", password)))),
            TOKEN);
    return http(
        HttpRequest.get(url("/orders/${token}")), new Check.Before("log in", logIn, List.of()));
  }

  private RecordedRequest sent(HttpRequest request, Map<String, Secret> secrets) throws Exception {
    server.enqueue(new MockResponse.Builder().build());
    Sample sample =
        probe.measure(
            new Probe.Request(Check.Http.of(request), Duration.ofSeconds(10), List.of(), secrets));
    assertThat(sample.failure()).isNull();
    return server.takeRequest();
  }

  private Probe.Request asking(String text) {
    return new Probe.Request(
        Check.Http.get(url("/")),
        Duration.ofSeconds(10),
        List.of(Assertion.that(Target.BODY, Operator.CONTAINS, text)));
  }

  private static Probe.Request request(Check.Http http) {
    return new Probe.Request(http, Duration.ofSeconds(10), List.of());
  }

  private static Check.Http http(HttpRequest request, Check.Before... before) {
    return new Check.Http(
        request,
        List.of(before),
        Connection.DEFAULT,
        Check.Redirects.DEFAULT,
        Check.Http.DEFAULT_BODY_LIMIT);
  }

  private HttpRequest post(HttpBody body) {
    return HttpRequest.get(url("/")).withMethod("POST").withBody(body);
  }

  private HttpRequest with(HttpAuthentication authentication) {
    return new HttpRequest("GET", url("/"), List.of(), HttpBody.NONE, authentication, List.of());
  }

  private static HttpRequest capturing(HttpRequest request, Capture capture) {
    return new HttpRequest(
        request.method(),
        request.url(),
        request.headers(),
        request.body(),
        request.authentication(),
        List.of(capture));
  }

  private String url(String path) {
    return "http://localhost:" + server.getPort() + path;
  }
}
