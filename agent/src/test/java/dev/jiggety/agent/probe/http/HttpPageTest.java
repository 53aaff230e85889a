package dev.jiggety.agent.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.exchange.HopClient;
import dev.jiggety.agent.exchange.NameResolver;
import dev.jiggety.agent.exchange.Tls;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.base.Secret;
import dev.jiggety.document.SecretReferences;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of docs/guide/http-tests.md can be read, and does what it says. */
class HttpPageTest {
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void everyExampleIsRight() throws IOException {
    List<TestDefinition> tests = read("https://shop.example");
    assertThat(tests).hasSizeGreaterThanOrEqualTo(9);
  }

  @Test
  void whatNeedsNoSpecialWayRuns() throws IOException {
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(new Shop());
      server.start();
      HttpProbe probe =
          new HttpProbe(
              new HopClient(
                  new NameResolver(
                      host -> List.of(InetAddress.getLoopbackAddress()), System::nanoTime),
                  Tls.system(),
                  System::nanoTime),
              System::nanoTime,
              InstantSource.system());
      int run = 0;
      for (TestDefinition test : read("http://localhost:" + server.getPort())) {
        if (test.check() instanceof Check.Http http
            && http.connection().equals(Connection.DEFAULT)) {
          Map<String, Secret> secrets =
              SecretReferences.in(test).stream()
                  .collect(Collectors.toMap(Function.identity(), Secret::of));
          Sample sample =
              probe.measure(new Probe.Request(http, test.timeout(), test.assertions(), secrets));
          assertThat(sample.failure()).as(test.id()).isNull();
          run++;
        }
      }
      assertThat(run).isGreaterThanOrEqualTo(6);
    }
  }

  /** A shop that answers well if it is asked well. */
  private static final class Shop extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      String body = request.getBody() == null ? "" : request.getBody().utf8();
      String authorization = String.valueOf(request.getHeaders().get("Authorization"));
      return switch (request.getMethod() + " " + request.getTarget()) {
        case "POST /checkout" ->
            body.equals("{\"cart\":7}")
                ? ok("Order 17").addHeader("Content-Type", "text/html").build()
                : wrong();
        case "POST /login" ->
            body.equals("user=ann&password=ann")
                    || body.equals("{\"user\":\"ann\",\"password\":\"ann\"}")
                ? ok("{\"token\":\"t1\"}").addHeader("X-Shelf", "a b").build()
                : wrong();
        case "GET /orders?shelf=a%20b" ->
            authorization.equals("Bearer t1") ? ok("{\"orders\":[1]}").build() : wrong();
        case "PUT /pictures" ->
            authorization.equals("Basic YW5uOmFubg==") && body.contains("name=\"picture\"")
                ? ok("thanks").build()
                : wrong();
        case "GET /api/orders" -> authorization.equals("Bearer token") ? ok("[]").build() : wrong();
        case "GET /catalogue" ->
            new MockResponse.Builder().code(302).addHeader("Location", "/new").build();
        default -> wrong();
      };
    }

    private static MockResponse.Builder ok(String body) {
      return new MockResponse.Builder().body(body);
    }

    private static MockResponse wrong() {
      return new MockResponse.Builder().code(400).build();
    }
  }

  private List<TestDefinition> read(String site) throws IOException {
    String page = Files.readString(Path.of("../docs/guide/http-tests.md"));
    List<Path> files = new ArrayList<>();
    Matcher example = EXAMPLE.matcher(page);
    while (example.find()) {
      Path file = folder.resolve(files.size() + ".yaml");
      files.add(Files.writeString(file, example.group(1).replace("https://shop.example", site)));
    }
    return TestYaml.readAll(files);
  }
}
