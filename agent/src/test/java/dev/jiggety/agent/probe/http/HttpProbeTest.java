package dev.jiggety.agent.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.probe.Probe;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Hop;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpProbeTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final HttpProbe probe = probe(host -> List.of(InetAddress.getLoopbackAddress()));
  private FaultServer server;

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void isFoundByItsKind() {
    assertThat(Probes.find("http").orElseThrow()).isInstanceOf(HttpProbe.class);
    assertThat(Probes.find("telepathy")).isEmpty();
    assertThat(Probes.kinds()).contains("http");
  }

  @Test
  void measuresEachPhaseWhereItsDelayIs() {
    serve(talk -> {
      talk.request();
      talk.delay(60);
      talk.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc");
      talk.delay(40);
      talk.send("def");
    });
    Sample sample =
        probe(
                host -> {
                  pause(50);
                  return List.of(InetAddress.getLoopbackAddress());
                })
            .measure(get("/", TIMEOUT));
    assertThat(sample.passed()).as("%s", sample.failure()).isTrue();
    assertThat(sample.status()).isEqualTo(200);
    assertThat(sample.bytes()).isEqualTo(6);
    assertThat(sample.hops()).isEmpty();
    assertAtLeast(sample, Phase.DNS, 50);
    assertAtLeast(sample, Phase.WAIT, 60);
    assertAtLeast(sample, Phase.RECEIVE, 40);
    assertThat(sample.phases().nanos(Phase.CONNECT)).isPositive();
    assertThat(sample.phases().nanos(Phase.SSL)).isEqualTo(Phases.ABSENT);
    assertAddsUp(sample);
  }

  @Test
  void anAddressInTheUrlNeedsNoNameService() {
    serve(talk -> answerOk(talk));
    Sample sample = measure("http://127.0.0.1:" + server.port() + "/", TIMEOUT);
    assertThat(sample.passed()).as("%s", sample.failure()).isTrue();
    assertThat(sample.phases().nanos(Phase.DNS)).isEqualTo(Phases.ABSENT);
  }

  @Test
  void everySampleHasAConnectionOfItsOwn() {
    serve(talk -> answerOk(talk));
    for (int i = 0; i < 3; i++) {
      assertThat(probe.measure(get("/", TIMEOUT)).phases().nanos(Phase.CONNECT)).isPositive();
    }
    assertThat(server.connections()).isEqualTo(3);
  }

  @Test
  void followsRedirectsHopByHop() {
    serve(talk -> {
      String head = talk.request();
      if (head.startsWith("GET /old ")) {
        talk.delay(30);
        talk.answer(302, "Location: /new\r\nSet-Cookie: seen=yes\r\n", "moved");
      } else {
        talk.answer(200, "", "here");
      }
    });
    Sample sample = probe.measure(get("/old", TIMEOUT));
    assertThat(sample.passed()).as("%s", sample.failure()).isTrue();
    assertThat(sample.hops()).extracting(Hop::status).containsExactly(302, 200);
    assertThat(sample.hops().get(0).phases().time(Phase.WAIT).orElseThrow())
        .isGreaterThanOrEqualTo(Duration.ofMillis(30));
    assertThat(server.requests().get(1)).contains("Cookie: seen=yes");
    assertAddsUp(sample);
    assertThat(sample.phases())
        .isEqualTo(sample.hops().get(0).phases().plus(sample.hops().get(1).phases()));
  }

  @Test
  void aRedirectLoopEnds() {
    serve(talk -> {
      talk.request();
      talk.answer(301, "Location: /again\r\n", "");
    });
    Sample sample = probe.measure(get("/", TIMEOUT));
    assertFailure(sample, ErrorKind.PROTOCOL, null, "more than 10 redirects");
    assertThat(sample.hops()).hasSize(11);
  }

  @Test
  void aRedirectThatIsNotFollowedIsTheAnswer() {
    serve(talk -> {
      talk.request();
      talk.answer(301, "Location: /again\r\n", "");
    });
    Check.Http http = new Check.Http("GET", server.url("/"), List.of(), null, false, 10);
    Sample sample = probe.measure(new Probe.Request(http, TIMEOUT, List.of()));
    assertThat(sample.passed()).isTrue();
    assertThat(sample.status()).isEqualTo(301);
  }

  @Test
  void aRedirectElsewhereThanTheWebIsWrong() {
    serve(talk -> {
      talk.request();
      talk.answer(302, "Location: ftp://shop.example/\r\n", "");
    });
    assertFailure(probe.measure(get("/", TIMEOUT)), ErrorKind.PROTOCOL, null, "no web address");
  }

  @Test
  void credentialsStayOutOfResultsAndOfOtherOrigins() {
    try (FaultServer other = new FaultServer(talk -> answerOk(talk))) {
      serve(talk -> {
        talk.request();
        talk.answer(302, "Location: " + other.url("/x") + "\r\n", "");
      });
      Sample sample = measure("http://ann:geheim@localhost:" + server.port() + "/?a=b", TIMEOUT);
      assertThat(sample.passed()).as("%s", sample.failure()).isTrue();
      assertThat(server.requests().getFirst()).contains("Authorization: Basic YW5uOmdlaGVpbQ==");
      assertThat(other.requests().getFirst()).doesNotContain("Authorization");
      assertThat(sample.toString()).doesNotContain("geheim").doesNotContain("ann:");
    }
  }

  @Test
  void unpacksGzipForAssertionsAndCountsWhatCameOverTheWire() {
    byte[] packed = gzip("Welcome to the shop ".repeat(1000));
    serve(talk -> {
      talk.request();
      talk.send(
          "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
              .formatted(packed.length));
      talk.send(packed);
    });
    Sample sample =
        probe.measure(
            new Probe.Request(
                Check.Http.get(server.url("/")),
                TIMEOUT,
                List.of(Assertion.that(Target.BODY, Operator.CONTAINS, "to the shop"))));
    assertThat(sample.passed()).as("%s", sample.failure()).isTrue();
    assertThat(sample.bytes()).isEqualTo(packed.length);
  }

  @Test
  void aBrokenGzipIsTheAnswersFault() {
    serve(talk -> {
      talk.request();
      talk.answer(200, "Content-Encoding: gzip\r\n", "this is not gzip at all");
    });
    assertFailure(
        probe.measure(get("/", TIMEOUT)), ErrorKind.PROTOCOL, Phase.RECEIVE, "gzip is broken");
  }

  @Test
  void aHugeBodyIsCountedAndOnlyItsBeginningKept() {
    String line = "x".repeat(1023) + "\n";
    serve(talk -> {
      talk.request();
      talk.send("HTTP/1.1 200 OK\r\nContent-Length: " + (3 << 20) + "\r\n\r\n");
      for (int i = 0; i < 3 << 10; i++) {
        talk.send(line);
      }
    });
    Sample sample =
        probe.measure(
            new Probe.Request(
                Check.Http.get(server.url("/")),
                TIMEOUT,
                List.of(Assertion.that(Target.BODY, Operator.CONTAINS, "end"))));
    assertThat(sample.bytes()).isEqualTo(3 << 20);
    assertFailure(sample, ErrorKind.ASSERTION, null, "only its first 1048576 characters kept");
  }

  @Test
  void anEndlessBodyIsGivenUp() {
    byte[] piece = new byte[1 << 20];
    serve(talk -> {
      talk.request();
      talk.send("HTTP/1.1 200 OK\r\n\r\n");
      for (int i = 0; i < 70; i++) {
        talk.send(piece);
      }
    });
    assertFailure(
        probe.measure(get("/", Duration.ofMinutes(1))),
        ErrorKind.PROTOCOL,
        Phase.RECEIVE,
        "larger than 64 MiB");
  }

  @Test
  void saysWhatIsWrongWithAnAnswer() {
    serve(talk -> {
      talk.request();
      talk.answer(500, "", "oops");
    });
    Sample sample = probe.measure(get("/", TIMEOUT));
    assertFailure(sample, ErrorKind.ASSERTION, null, "status: expected in 200-399, found 500");
    assertThat(sample.status()).isEqualTo(500);
  }

  // -- faults --------------------------------------------------------------------------------

  @Test
  void aNameThatDoesNotResolve() {
    HttpProbe blind =
        probe(host -> {
          throw new UnknownHostException(host);
        });
    Sample sample = blind.measure(request("http://shop.example/", TIMEOUT));
    assertFailure(sample, ErrorKind.DNS, Phase.DNS, "the name shop.example:80 does not resolve");
    assertThat(sample.phases().nanos(Phase.DNS)).isPositive();
  }

  @Test
  void aNameServiceThatHangs() {
    CountDownLatch never = new CountDownLatch(1);
    HttpProbe waiting =
        probe(host -> {
          awaitQuietly(never);
          return List.of();
        });
    Sample sample = waiting.measure(request("http://shop.example/", SHORT));
    assertFailure(sample, ErrorKind.TIMEOUT, Phase.DNS, "still resolving");
    assertThat(sample.total()).isGreaterThanOrEqualTo(SHORT);
    never.countDown();
  }

  @Test
  void aPortWhereNobodyListens() {
    serve(talk -> answerOk(talk));
    int port = server.port();
    server.close();
    Sample sample = measure("http://localhost:" + port + "/", TIMEOUT);
    assertFailure(sample, ErrorKind.REFUSED, Phase.CONNECT, "refused the connection");
    assertThat(sample.status()).isZero();
  }

  @Test
  void theNextAddressIsTriedWhereOneRefuses() throws Exception {
    serve(talk -> answerOk(talk));
    InetAddress deaf = InetAddress.getByName("127.0.0.99");
    HttpProbe two = probe(host -> List.of(deaf, InetAddress.getLoopbackAddress()));
    Sample sample = two.measure(get("/", TIMEOUT));
    assertThat(sample.passed()).as("%s", sample.failure()).isTrue();
    assertAddsUp(sample);
  }

  @Test
  void aServerThatNeverAnswers() {
    serve(talk -> {
      talk.request();
      talk.stall();
    });
    Sample sample = probe.measure(get("/", SHORT));
    assertFailure(sample, ErrorKind.TIMEOUT, Phase.WAIT, "not done after 300ms, still waiting");
    assertAtLeast(sample, Phase.WAIT, 200);
    assertAddsUp(sample);
  }

  @Test
  void aServerThatStopsInTheMiddleOfTheHead() {
    serve(talk -> {
      talk.request();
      talk.send("HTTP/1.1 200 OK\r\nContent-Le");
      talk.stall();
    });
    assertFailure(probe.measure(get("/", SHORT)), ErrorKind.TIMEOUT, Phase.WAIT, "still waiting");
  }

  @Test
  void aServerThatStopsInTheMiddleOfTheBody() {
    serve(talk -> {
      talk.request();
      talk.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
      talk.stall();
    });
    Sample sample = probe.measure(get("/", SHORT));
    assertFailure(sample, ErrorKind.TIMEOUT, Phase.RECEIVE, "still receiving");
    assertThat(sample.status()).isEqualTo(200);
  }

  @Test
  void aConnectionCutBeforeTheAnswer() {
    serve(talk -> {
      talk.request();
      talk.reset();
    });
    assertFailure(
        probe.measure(get("/", TIMEOUT)), ErrorKind.RESET, Phase.WAIT, "before the answer came");
  }

  @Test
  void aConnectionClosedInTheMiddleOfTheHead() {
    serve(talk -> {
      talk.request();
      talk.send("HTTP/1.1 200 OK\r\nContent-Le");
    });
    assertFailure(
        probe.measure(get("/", TIMEOUT)), ErrorKind.RESET, Phase.WAIT, "cut the connection");
  }

  @Test
  void aConnectionCutInTheMiddleOfTheBody() {
    serve(talk -> {
      talk.request();
      talk.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
    });
    assertFailure(
        probe.measure(get("/", TIMEOUT)),
        ErrorKind.RESET,
        Phase.RECEIVE,
        "in the middle of the answer");
  }

  @Test
  void anAnswerThatIsNotHttp() {
    serve(talk -> {
      talk.request();
      talk.send("220 mail.example ESMTP\r\n\r\n");
    });
    assertFailure(probe.measure(get("/", TIMEOUT)), ErrorKind.PROTOCOL, Phase.WAIT, "is broken");
  }

  @Test
  void aThreadThatIsInterruptedEndsWithoutBlamingTheSite() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    serve(talk -> {
      talk.request();
      asked.countDown();
      talk.stall();
    });
    Sample[] result = new Sample[1];
    Thread thread =
        Thread.ofVirtual().start(() -> result[0] = probe.measure(get("/", Duration.ofMinutes(1))));
    asked.await();
    thread.interrupt();
    thread.join();
    assertFailure(result[0], ErrorKind.INTERNAL, Phase.WAIT, "told to stop");
  }

  // -- helpers -------------------------------------------------------------------------------

  static void assertFailure(Sample sample, ErrorKind kind, Phase phase, String text) {
    assertThat(sample.failure()).isNotNull();
    assertThat(sample.failure().kind()).as(sample.failure().toString()).isEqualTo(kind);
    assertThat(sample.failure().phase()).as(sample.failure().toString()).isEqualTo(phase);
    assertThat(sample.failure().text()).contains(text);
  }

  static void assertAtLeast(Sample sample, Phase phase, long millis) {
    assertThat(sample.phases().time(phase).orElseThrow())
        .as(phase.label())
        .isGreaterThanOrEqualTo(Duration.ofMillis(millis));
  }

  static void assertAddsUp(Sample sample) {
    assertThat(sample.remainder()).isBetween(Duration.ZERO, Duration.ofNanos(1000));
  }

  private void serve(FaultServer.Script script) {
    server = new FaultServer(script);
  }

  private static void answerOk(FaultServer.Talk talk) throws Exception {
    talk.request();
    talk.answer(200, "", "ok");
  }

  private Sample measure(String url, Duration timeout) {
    return probe.measure(request(url, timeout));
  }

  private Probe.Request get(String path, Duration timeout) {
    return request(server.url(path), timeout);
  }

  static Probe.Request request(String url, Duration timeout) {
    return new Probe.Request(Check.Http.get(url), timeout, List.of());
  }

  private static HttpProbe probe(NameResolver.Lookup lookup) {
    return new HttpProbe(
        new NameResolver(lookup, System::nanoTime), Tls.system(), InstantSource.system());
  }

  private static byte[] gzip(String text) {
    Buffer packed = new Buffer();
    try (var sink = Okio.buffer(new GzipSink(packed))) {
      sink.writeUtf8(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return packed.readByteArray();
  }

  private static void pause(long millis) {
    awaitQuietly(new CountDownLatch(1), millis);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    awaitQuietly(latch, 60_000);
  }

  private static void awaitQuietly(CountDownLatch latch, long millis) {
    try {
      boolean open = latch.await(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
      assertThat(open || latch.getCount() > 0).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
