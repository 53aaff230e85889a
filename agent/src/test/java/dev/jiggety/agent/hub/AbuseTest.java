package dev.jiggety.agent.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are slow, or want too much: they get an error or are cut, and others are served. */
class AbuseTest {
  private static final int SLOW = 300;
  private static final int IDLE = 2_000;
  private static final int MEBIBYTE = 1 << 20;
  private static final int MOST_DRIPS = 1_000;

  @TempDir Path folder;
  private HubFixture hub;

  @BeforeEach
  void start() {
    var limits = HubConfig.Limits.DEFAULT.withTimes(IDLE, SLOW).withBodies(MEBIBYTE);
    hub = new HubFixture(folder, c -> c.withLimits(limits));
    hub.put("db", "");
  }

  @AfterEach
  void stop() {
    assertThat(hub.get("_up").status()).as("still there").isEqualTo(200);
    hub.close();
  }

  private final class Client implements AutoCloseable {
    final Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.hub.port());

    Client() throws IOException {
      socket.setSoTimeout(20_000);
    }

    Client send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(UTF_8));
      return this;
    }

    /** What comes until there is an empty line. */
    String head() throws IOException {
      var head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        var next = socket.getInputStream().read();
        if (next < 0) {
          return head + "(end)";
        }
        head.append((char) next);
      }
      return head.toString();
    }

    /**
     * Sends a little now and then until something comes back; what that is, "(end)" for nothing.
     */
    String drip(String text) throws IOException {
      socket.setSoTimeout(50);
      for (var drips = 0; drips < MOST_DRIPS; drips++) {
        try {
          send(text);
          var next = socket.getInputStream().read();
          if (next < 0) {
            return "(end)";
          }
          socket.setSoTimeout(20_000);
          return (char) next + head();
        } catch (SocketTimeoutException e) {
          // Nothing yet.
        } catch (IOException e) {
          return "(end)";
        }
      }
      return "(endless)";
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void aHeaderThatTricklesIsCut() throws Exception {
    try (var client = new Client()) {
      assertThat(client.send("GET /_up HTTP/1.1\r\nHost: localhost\r\nX: ").drip("x"))
          .isEqualTo("(end)");
    }
  }

  @Test
  void aSecondHeaderThatTricklesIsCutToo() throws Exception {
    try (var client = new Client()) {
      client.send("HEAD /_up HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 200");
      assertThat(client.send("GET /_up HT").drip("x")).isEqualTo("(end)");
    }
  }

  @Test
  void aConnectionThatRestsIsNotSlow() throws Exception {
    try (var client = new Client()) {
      client.send("HEAD /_up HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 200");
      client.socket.setSoTimeout(3 * SLOW);
      try {
        throw new AssertionError("came: " + client.socket.getInputStream().read());
      } catch (SocketTimeoutException e) {
        client.socket.setSoTimeout(20_000);
      }
      client.send("HEAD /_up HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 200");
    }
  }

  private static String put(String path, long length) {
    return "PUT "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  @Test
  void aBodyThatTricklesIsRefused() throws Exception {
    try (var client = new Client()) {
      assertThat(client.send(put("/db/a", 1_000_000)).send("{\"a\":\"").drip("x"))
          .startsWith("HTTP/1.1 408");
    }
    try (var client = new Client()) {
      assertThat(client.send(put("/db/_nothing/a", 1_000_000)).drip("x"))
          .as("a body that nobody wants")
          .startsWith("HTTP/1.1 4");
    }
  }

  @Test
  void aBodyThatDoesNotComeEndsWithTheIdleTime() throws Exception {
    try (var client = new Client()) {
      assertThat(client.send(put("/db/a", 1_000)).send("{").head())
          .matches("(?s)(HTTP/1.1 4.*|\\(end\\))");
    }
    assertThat(hub.get("db/a").status()).isEqualTo(404);
  }

  @Test
  void largeBodiesAtTheSameTimeWaitForEachOther() throws Exception {
    var body = "{\"a\":\"" + "x".repeat(900_000) + "\"}";
    try (var first = new Client()) {
      first.send(put("/db/first", body.length())).send(body.substring(0, 500_000));
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> {
            var second = hub.put("db/second", body);
            assertThat(second.status()).isEqualTo(503);
            assertThat(second.header("Retry-After")).isNotEmpty();
            var rev = hub.get("db/second");
            assertThat(rev.status()).isEqualTo(404);
          });
      assertThat(hub.put("db/small", "{}").status()).isEqualTo(201);
      assertThat(first.send(body.substring(500_000)).head()).startsWith("HTTP/1.1 201");
    }
    assertThat(hub.put("db/second", body).status()).isEqualTo(201);
  }

  @Test
  void aFeedWhoseClientDoesNotReadIsCut() throws Exception {
    var large = "{\"a\":\"" + "x".repeat(900_000) + "\"}";
    try (var deaf = new Client();
        var other = new Client()) {
      var feed = "GET /db/_changes?feed=continuous&heartbeat=60000&include_docs=true HTTP/1.1\r\n";
      deaf.send(feed + "Host: localhost\r\n\r\n");
      other.send(feed.replace("&include_docs=true", "") + "Host: localhost\r\n\r\n");
      await().until(() -> hub.hub.listeners() == 2);
      for (var i = 0; i < 20; i++) {
        assertThat(hub.put("db/large" + i, large).status()).isEqualTo(201);
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> hub.hub.listeners() == 1);
      assertThat(other.head()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void bombsOfJson() {
    var deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(hub.put("db/deep", deep).status()).isEqualTo(400);
    assertThat(hub.put("db/deep", "{\"a\":".repeat(50_000)).status()).isEqualTo(400);
    assertThat(hub.put("db/digits", "{\"a\":" + "1".repeat(500_000) + "}").status()).isIn(201, 400);
    for (var number : new String[] {"1e999999999", "1e-999999999", "1E+2147483648"}) {
      var status = hub.put("db/" + number.replace("+", ""), "{\"a\":" + number + "}").status();
      assertThat(status).as(number).isIn(201, 400);
    }
    assertThat(hub.put("db/half", "{\"a\":\"\\ud800\"}").status()).isIn(201, 400);
    assertThat(hub.put("db/escape", "{\"a\":\"\\u12\"}").status()).isEqualTo(400);
  }

  @Test
  void bombsOfGzip() throws Exception {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write("{\"a\":\"".getBytes(UTF_8));
      var zeros = "0".repeat(MEBIBYTE).getBytes(UTF_8);
      for (var i = 0; i < 80; i++) {
        out.write(zeros);
      }
    }
    var bomb =
        hub.request("PUT", "db/bomb", "")
            .method("PUT", BodyPublishers.ofByteArray(packed.toByteArray()))
            .header("Content-Encoding", "gzip");
    assertThat(hub.send(bomb).status()).isEqualTo(413);
  }

  @Test
  void largeHeadersAndLinesInNames() throws Exception {
    try (var client = new Client()) {
      client.send("GET /_up HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 431");
    }
    try (var client = new Client()) {
      client.send("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 4");
    }
    var answer = hub.put("db/a%0D%0AX-Evil:%20yes", "{}");
    assertThat(answer.header("X-Evil")).isEmpty();
    assertThat(answer.header("Location")).contains("%0D%0A");
  }
}
