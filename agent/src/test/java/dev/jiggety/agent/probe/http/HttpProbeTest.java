package dev.jiggety.agent.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.exchange.FaultServer;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.base.Secret;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Hop;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;

class HttpProbeTest extends ProbeAgainstFaults {

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
      talk.delay(400);
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
    // A machine with much to do sees the first byte late: what receive lacks then, wait has.
    assertAtLeast(sample, Phase.RECEIVE, 200);
    assertThat(sample.phases().nanos(Phase.WAIT) + sample.phases().nanos(Phase.RECEIVE))
        .isGreaterThanOrEqualTo(Duration.ofMillis(460).toNanos());
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
    Check.Http http = Check.Http.get(server.url("/")).withRedirects(new Check.Redirects(false, 10));
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
  void aHeaderThatHoldsASecretStaysWithItsOrigin() {
    try (FaultServer other = new FaultServer(talk -> answerOk(talk))) {
      serve(talk -> {
        String head = talk.request();
        String there = head.startsWith("GET /first ") ? "/second" : other.url("/x");
        talk.answer(302, "Location: " + there + "\r\n", "");
      });
      Check.Http http =
          Check.Http.of(
              HttpRequest.get(server.url("/first"))
                  .withHeaders(
                      List.of(
                          new Check.Header("X-Api-Key", "key=${secret.key}"),
                          new Check.Header("X-Colour", "green"))));
      Sample sample =
          probe.measure(
              new Probe.Request(http, TIMEOUT, List.of(), Map.of("key", Secret.of("open sesame"))));
      assertThat(sample.passed()).as("%s", sample.failure()).isTrue();
      assertThat(server.requests()).hasSize(2).allMatch(it -> it.contains("key=open sesame"));
      assertThat(other.requests().getFirst())
          .contains("X-Colour: green")
          .doesNotContain("open sesame");
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
        ErrorKind.LIMIT,
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

  private static byte[] gzip(String text) {
    Buffer packed = new Buffer();
    try (var sink = Okio.buffer(new GzipSink(packed))) {
      sink.writeUtf8(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return packed.readByteArray();
  }
}
