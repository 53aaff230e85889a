package dev.jiggety.agent.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Connection;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.testing.Ports;
import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No page came: each time the same kind of failure, whatever the engine. */
abstract class FaultContract extends BrowserContract {
  @Test
  void nobodyListens() throws IOException {
    int port = Ports.free();
    Browser browser = browser();
    Failure failure = failureOf(() -> browser.go("http://localhost:" + port + "/"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.REFUSED);
    assertThat(failure.text()).contains("localhost:" + port);
  }

  @Test
  void theNameDoesNotResolve() {
    Browser browser = browser();
    Failure failure = failureOf(() -> browser.go("http://nowhere.invalid/"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.DNS);
    assertThat(failure.text()).contains("nowhere.invalid");
  }

  @Test
  void aPageTakesLongerThanOneMay() {
    Browser browser = browser();
    browser.timeout(Duration.ofMillis(300));
    Failure failure = failureOf(() -> browser.go(at("/never")));
    assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
    browser.timeout(Duration.ofSeconds(20));
    browser.go(at("/simple"));
    assertThat(browser.view().title()).isEqualTo("A simple page");
  }

  @Test
  void theTimeForAllIsOver() {
    Browser browser = browser(Connection.DEFAULT, false, Duration.ofMillis(1500));
    Failure failure = failureOf(() -> browser.go(at("/never")));
    assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(failureOf(() -> browser.go(at("/simple"))).kind()).isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  void theAnswerIsCutShort() {
    Browser browser = browser(Connection.DEFAULT, false, Duration.ofSeconds(5));
    Failure failure = failureOf(() -> browser.go(at("/half")));
    assertThat(failure.kind()).isIn(ErrorKind.RESET, ErrorKind.PROTOCOL);
  }

  @Test
  void redirectsGoInACircle() {
    Browser browser = browser();
    Failure failure = failureOf(() -> browser.go(at("/circle")));
    assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL);
    assertThat(failure.text()).contains("redirects");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "ftp://localhost/", "javascript:alert(1)", "about:config"})
  void onlyTheWebIsGoneTo(String url) {
    Browser browser = browser();
    Failure failure = failureOf(() -> browser.go(url));
    assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL);
    assertThat(failure.text()).contains("http");
  }

  @Test
  void aCertificateHasExpired() throws IOException {
    assertThat(failureAt(TestCertificates.expired(), trusting()).text()).contains("expired");
  }

  @Test
  void aCertificateIsForAnotherHost() throws IOException {
    assertThat(failureAt(TestCertificates.wrongHost(), trusting()).text())
        .contains("not for the host");
  }

  @Test
  void nobodyVouchesForACertificate() throws IOException {
    assertThat(failureAt(TestCertificates.selfSigned(), trusting()).text()).contains("trusted");
    assertThat(failureAt(TestCertificates.good(20), Connection.DEFAULT).text()).contains("trusted");
  }

  private Failure failureAt(SSLContext certificate, Connection connection) throws IOException {
    ContractSite site = closing(ContractSite.open(certificate));
    Browser browser = browser(connection, false, Duration.ofSeconds(20));
    Failure failure = failureOf(() -> browser.go(site.url("/simple")));
    assertThat(failure.kind()).isEqualTo(ErrorKind.TLS);
    return failure;
  }
}
