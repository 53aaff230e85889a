package dev.jiggety.agent.cli;

import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.ServerCertificates;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Looks when the certificate of a server ends, also of one that nobody believes: that is what is to
 * be said of it. Nothing is sent over such a connection.
 */
final class HubCertificate {
  private HubCertificate() {}

  /** When the first of those that it shows ends; empty where there is none, or nobody answers. */
  static Optional<Instant> expires(HubAddress hub) {
    return hub.isTls()
        ? ServerCertificates.shownBy(hub, HubOptions.DEFAULT)
            .ok()
            .flatMap(HubCertificate::firstEnd) // whoever asks the hub says what is wrong
        : Optional.empty();
  }

  private static Optional<Instant> firstEnd(List<X509Certificate> chain) {
    return chain.stream().map(it -> it.getNotAfter().toInstant()).min(Instant::compareTo);
  }
}
