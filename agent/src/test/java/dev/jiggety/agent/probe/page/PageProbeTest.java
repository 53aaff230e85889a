package dev.jiggety.agent.probe.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jiggety.agent.browser.BrowserEngine;
import dev.jiggety.agent.browser.htmlunit.HtmlUnitEngine;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.base.Secret;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Engine;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageProbeTest {
  private static final BrowserEngine HTMLUNIT = new HtmlUnitEngine();
  private static final String PAGE =
      "<!DOCTYPE html><html><head><title>Shop</title><link rel=stylesheet href=/a.css></head><body>"
          + "<h1 id=h>Pigs</h1><form name=search action=/s><input name=q></form>"
          + "<a href=/on>on</a><img src=/a.png><img src=/gone.png>"
          + "<script>document.getElementById('h').textContent = 'Fat pigs';"
          + "console.error('oink');</script></body></html>";

  private final PageProbe probe =
      new PageProbe(() -> List.of(HTMLUNIT), InstantSource.system(), System::nanoTime);
  private final CountDownLatch closing = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void close() {
    closing.countDown();
    server.stop(0);
  }

  @Test
  void measuresAPageWithAllThatBelongsToIt() {
    Sample sample = measure("/", List.of());
    assertThat(sample.failure()).isNull();
    assertThat(sample.status()).isEqualTo(200);
    assertThat(sample.phases()).isEqualTo(Phases.NONE);
    PageLoad load = sample.findings().page();
    assertThat(load.engine()).isEqualTo("htmlunit");
    assertThat(load.requests()).isEqualTo(4);
    assertThat(load.bytes()).isEqualTo(PAGE.length() + 1000 + 2000).isEqualTo(sample.bytes());
    assertThat(load.consoleErrors()).isEqualTo(1);
    assertThat(load.networkErrors()).isEqualTo(1);
    assertThat(load.messages()).anyMatch(m -> m.contains("oink")).anyMatch(m -> m.contains("404"));
    assertThat(sample.total()).isEqualTo(load.milestones().get("loadEventEnd")).isPositive();
    assertThat(sample.findings().evidence()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "STATUS,'',EQUALS,200,true",
    "STATUS,'',EQUALS,404,false",
    "XPATH,//h1,EQUALS,Fat pigs,true",
    "XPATH,//h1,EQUALS,Pigs,false",
    "CSS,#h,CONTAINS,Fat,true",
    "BODY,'',CONTAINS,Fat pigs,true",
    "HEADER,content-type,CONTAINS,html,true",
    "REQUESTS,'',LESS_THAN,5,true",
    "REQUESTS,'',LESS_THAN,4,false",
    "WEIGHT,'',LESS_THAN,1MB,true",
    "WEIGHT,'',LESS_THAN,1KB,false",
    "CONSOLE_ERRORS,'',EQUALS,1,true",
    "CONSOLE_ERRORS,'',EQUALS,0,false",
    "NETWORK_ERRORS,'',LESS_THAN,1,false",
    "TOTAL,'',LESS_THAN,1m,true",
    "TOTAL,'',LESS_THAN,1us,false",
    "MILESTONE,domInteractive,LESS_THAN,1m,true",
    "MILESTONE,first-contentful-paint,LESS_THAN,1m,false"
  })
  void judges(Target target, String name, Operator operator, String expected, boolean passes) {
    Sample sample = measure("/", List.of(new Assertion(target, name, operator, false, expected)));
    assertThat(sample.passed()).as("%s", sample.failure()).isEqualTo(passes);
  }

  @Test
  void tellsWhatWasThereWhenItFailed() {
    Sample sample =
        measure("/", List.of(Assertion.that(Target.BODY, Operator.CONTAINS, "thin pigs")));
    assertThat(sample.failure().kind()).isEqualTo(ErrorKind.ASSERTION);
    Evidence evidence = sample.findings().evidence();
    assertThat(evidence.url()).isEqualTo(url("/"));
    assertThat(evidence.status()).isEqualTo(200);
    assertThat(evidence.body()).contains("Fat pigs");
    assertThat(evidence.forms())
        .containsExactly("form 1 \"search\": GET " + url("/s") + ", q (text)");
    assertThat(evidence.links()).containsExactly("on → " + url("/on"));
    assertThat(evidence.picture()).isNull();
    assertThat(sample.findings().page().requests()).isEqualTo(4);
  }

  @Test
  void anErrorStatusFailsUnlessItIsAskedFor() {
    assertThat(measure("/gone.png", List.of()).failure().kind()).isEqualTo(ErrorKind.ASSERTION);
  }

  @Test
  void aPageThatNeverEndsTakesAtLeastTheTimeout() {
    Sample sample =
        probe.measure(
            new Probe.Request(Check.Page.of(url("/never")), Duration.ofMillis(400), List.of()));
    assertThat(sample.failure().kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(sample.total()).isGreaterThanOrEqualTo(Duration.ofMillis(390));
  }

  @Test
  void anEngineThatIsNotThereIsTheNodesTrouble() {
    Check.Page chromium =
        new Check.Page(url("/"), Engine.CHROMIUM, 1280, 800, Duration.ZERO, Connection.DEFAULT);
    Sample sample = measure(chromium, Map.of());
    assertThat(sample.failure().kind()).isEqualTo(ErrorKind.INTERNAL);
    assertThat(sample.failure().text()).contains("chromium");
  }

  @Test
  void secretsArePutIn() {
    Check.Page page = Check.Page.of(url("/s?token=${secret.key}"));
    Sample sample = measure(page, Map.of("key", Secret.of("fat & pink")));
    assertThat(sample.failure()).isNull();
    assertThat(measure(page, Map.of()).failure().kind()).isEqualTo(ErrorKind.INTERNAL);
  }

  @Test
  void isFoundAndRunsInAWorker() {
    assertThat(new PageProbe().isolated()).isTrue();
    assertThat(Probes.kinds()).contains(Check.Page.KIND);
  }

  private Sample measure(String path, List<Assertion> assertions) {
    return probe.measure(
        new Probe.Request(Check.Page.of(url(path)), Duration.ofSeconds(30), assertions));
  }

  private Sample measure(Check.Page page, Map<String, Secret> secrets) {
    return probe.measure(new Probe.Request(page, Duration.ofSeconds(30), List.of(), secrets));
  }

  private String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().toString()) {
        case "/" -> answer(exchange, 200, "text/html", PAGE);
        case "/s?token=fat%20%26%20pink" -> answer(exchange, 200, "text/html", "<p>found</p>");
        case "/a.css" -> answer(exchange, 200, "text/css", "p{}".repeat(400).substring(0, 1000));
        case "/a.png" -> answer(exchange, 200, "image/png", "x".repeat(2000));
        case "/never" -> closing.await();
        default -> answer(exchange, 404, "text/html", "");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
