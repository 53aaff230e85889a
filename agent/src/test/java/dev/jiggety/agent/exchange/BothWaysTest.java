package dev.jiggety.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Check.Header;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Failure;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a connection of our own and by OkHttp a site is asked the same and understood the same. */
class BothWaysTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private final HopClient client =
      new HopClient(
          new NameResolver(host -> List.of(InetAddress.ofLiteral("127.0.0.1")), System::nanoTime),
          Tls.system(),
          System::nanoTime);

  @Test
  void theSameIsAsked() {
    asksTheSame("GET", "/a%20b/ö?q=1&r=%C3%B6 x#f", null);
    asksTheSame("GET", "", null);
    asksTheSame("HEAD", "/?", null, new Header("Connection", "close"));
    asksTheSame("OPTIONS", "/", null, new Header("Host", "other.example"));
    asksTheSame("DELETE", "/", null, new Header("Content-Length", "0"));
    asksTheSame("DELETE", "/", "x");
    asksTheSame("POST", "/", null);
    asksTheSame("POST", "/", "größer", new Header("content-length", "99"), new Header("A", ""));
    asksTheSame("PUT", "/", "x", new Header("Transfer-Encoding", "chunked"));
    asksTheSame(
        "GET",
        "/",
        null,
        new Header("user-agent", "x"),
        new Header("A", "1"),
        new Header("a", "2"));
  }

  private void asksTheSame(String method, String path, @Nullable String body, Header... headers) {
    try (FaultServer server =
        new FaultServer(talk -> {
          talk.request();
          talk.answer(200, "", "");
        })) {
      HopRequest request =
          new HopRequest(
              method,
              "http://me:secret@shop.example:" + server.port() + path,
              List.of(headers),
              body == null ? null : ByteString.encodeUtf8(body));
      assertThat(send(request, true).status()).isEqualTo(200);
      assertThat(send(request, false).status()).isEqualTo(200);
      assertThat(server.requests().getLast()).isEqualTo(server.requests().getFirst());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET\tbody",
        "GET\tA B: c",
        "GET\t: c",
        "GET\tA: ö",
        "GET\tA: b\nc",
        "GET\tÄ: b",
        "\tA: b"
      })
  void whatCannotBeSentIsTold(String text) {
    String[] parts = text.split("\t", -1);
    int colon = parts[1].indexOf(':');
    List<Header> headers =
        colon < 0
            ? List.of()
            : List.of(
                new Header(parts[1].substring(0, colon), parts[1].substring(colon + 1).strip()));
    ByteString body = colon < 0 ? ByteString.encodeUtf8("x") : null;
    HopRequest request = new HopRequest(parts[0], "http://127.0.0.1:1/", headers, body);
    assertThat(send(request, false).failure())
        .isEqualTo(send(request, true).failure())
        .extracting(Failure::text)
        .isEqualTo("a request that cannot be sent, by its method or a header");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OK + "Content-Length: 2\r\nX: y\r\n\r\nok",
        OK + "\r\nto the end",
        OK + "Transfer-Encoding: chunked\r\n\r\n2;x\r\nok\r\n0\r\nDate: x\r\n\r\n",
        OK + "Content-Type: text/plain; charset=ISO-8859-1\r\n\r\n\u00e9",
        OK + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnone",
        OK + "Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n",
        OK + "Content-Length: 9\r\n\r\nshort",
        OK + "Transfer-Encoding: chunked\r\n\r\n9\r\nshort",
        OK + "Content-Len",
        "HTTP/1.0 404 Gone\r\nRetry-After: 0\r\n\r\n",
        "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n" + OK + "Content-Length: 1\r\n\r\nx",
        "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n",
        "220 mail.example ESMTP\r\n\r\n",
      })
  void theSameIsUnderstood(String raw) {
    try (FaultServer server =
        new FaultServer(talk -> {
          talk.request();
          talk.send(raw);
        })) {
      HopRequest request = HopRequest.get("http://127.0.0.1:" + server.port() + "/");
      HopAnswer own = send(request, false);
      HopAnswer other = send(request, true);
      assertThat(own.status()).isEqualTo(other.status());
      assertThat(own.reason()).isEqualTo(other.reason());
      assertThat(own.protocol()).isEqualTo(other.protocol());
      assertThat(own.headers()).containsExactlyInAnyOrderElementsOf(other.headers());
      assertThat(own.body().text()).isEqualTo(other.body().text());
      assertThat(own.body().bytes()).isEqualTo(other.body().bytes());
      assertThat(own.failure()).isEqualTo(other.failure());
    }
  }

  @Test
  void anAnswerBeforeAllIsSentCounts() {
    try (FaultServer server =
        new FaultServer(talk -> {
          talk.request();
          talk.send("HTTP/1.1 413 Too much\r\nContent-Length: 0\r\n\r\n");
          talk.reset();
        })) {
      HopRequest request =
          new HopRequest(
              "POST",
              "http://127.0.0.1:" + server.port() + "/",
              List.of(),
              ByteString.of(new byte[20_000_000]));
      HopAnswer own = send(request, false);
      assertThat(own.failure() == null ? own.status() : 413).isEqualTo(413);
    }
  }

  /**
   * Sends it.
   *
   * @param kept over a connection that may serve several requests, which is OkHttp's part
   */
  private HopAnswer send(HopRequest request, boolean kept) {
    HopOptions options =
        new HopOptions(Connection.DEFAULT, kept, HopOptions.KEPT, HopOptions.LARGEST);
    try (HopSession session = client.session(options)) {
      return session.send(request, Deadline.after(System.nanoTime(), Duration.ofSeconds(10)));
    }
  }
}
