package dev.jiggety.agent.browser.chromium;

import com.google.gson.JsonElement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.OptionalLong;

/** The certificates that a site has shown. */
final class Certificates {
  private Certificates() {}

  /** Days until the first one of the chain expires, rounded down; empty when it is not told. */
  static OptionalLong days(Page page, String url) {
    int path = url.indexOf('/', url.indexOf("://") + 3);
    String origin = path < 0 ? url : url.substring(0, path);
    try {
      CertificateFactory reader = CertificateFactory.getInstance("X.509");
      OptionalLong days = OptionalLong.empty();
      for (JsonElement each :
          Json.list(
              page.call("Network.getCertificate", Json.with("origin", origin), Chromium.PROMPT),
              "tableNames")) {
        byte[] bytes = Base64.getDecoder().decode(each.getAsString());
        X509Certificate certificate =
            (X509Certificate) reader.generateCertificate(new ByteArrayInputStream(bytes));
        long left = Duration.between(Instant.now(), certificate.getNotAfter().toInstant()).toDays();
        days = OptionalLong.of(Math.min(left, days.orElse(left)));
      }
      return days;
    } catch (IOException | CertificateException | IllegalArgumentException e) {
      return OptionalLong.empty();
    }
  }
}
