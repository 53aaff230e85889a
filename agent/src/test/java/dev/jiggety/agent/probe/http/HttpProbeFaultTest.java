package dev.jiggety.agent.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.exchange.FaultServer;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Sample;
import dev.jiggety.testing.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What goes wrong on the way, and how the sample says so. */
class HttpProbeFaultTest extends ProbeAgainstFaults {

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
    Sample sample = measure("http://localhost:" + Ports.free() + "/", TIMEOUT);
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
  void aConnectionThatDoesNotComeAbout() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket deaf = full(waiting)) {
      Sample sample = measure("http://localhost:" + deaf.getLocalPort() + "/", SHORT);
      assertFailure(sample, ErrorKind.TIMEOUT, Phase.CONNECT, "still connecting to localhost");
      assertAtLeast(sample, Phase.CONNECT, 200);
      assertAddsUp(sample);
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  @Test
  void aServerThatDoesNotTakeTheRequest() {
    serve(FaultServer.Talk::stall);
    Sample sample = probe.measure(post("x".repeat(20_000_000), Duration.ofSeconds(1)));
    assertFailure(sample, ErrorKind.TIMEOUT, Phase.SEND, "still sending the request");
    assertAddsUp(sample);
  }

  @Test
  void aConnectionCutWhileTheRequestIsSent() {
    serve(talk -> {
      talk.request();
      talk.reset();
    });
    Sample sample = probe.measure(post("x".repeat(20_000_000), TIMEOUT));
    assertFailure(sample, ErrorKind.RESET, Phase.SEND, "while the request was sent");
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

  /** A queue of connections that nobody accepts, until it is full: Linux lets further ones wait. */
  private static ServerSocket full(List<Socket> waiting) throws IOException {
    ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    try {
      for (int i = 0; i < 16; i++) {
        Socket socket = new Socket();
        waiting.add(socket);
        socket.connect(deaf.getLocalSocketAddress(), 200);
      }
    } catch (SocketTimeoutException full) {
      return deaf;
    }
    throw new IllegalStateException("the queue does not fill up");
  }

  private Probe.Request post(String body, Duration timeout) {
    HttpRequest request =
        HttpRequest.get(server.url("/")).withMethod("POST").withBody(new HttpBody.Text(body));
    return new Probe.Request(Check.Http.of(request), timeout, List.of());
  }
}
