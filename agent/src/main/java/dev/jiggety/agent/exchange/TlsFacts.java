package dev.jiggety.agent.exchange;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a TLS handshake came to.
 *
 * @param protocol like {@code TLSv1.3}
 * @param cipher as in RFC 8446, like {@code TLS_AES_256_GCM_SHA384}
 * @param chain the server's certificates, its own first; empty when it showed none
 */
public record TlsFacts(String protocol, String cipher, List<X509Certificate> chain) {
  private static final int DNS_NAME = 2; // RFC 5280 §4.2.1.6
  private static final int IP_ADDRESS = 7;

  public TlsFacts {
    chain = List.copyOf(chain);
  }

  static TlsFacts of(String protocol, String cipher, Collection<? extends Certificate> chain) {
    return new TlsFacts(
        protocol,
        cipher,
        chain.stream()
            .filter(X509Certificate.class::isInstance)
            .map(X509Certificate.class::cast)
            .toList());
  }

  /** Whole days until the first certificate of the chain expires, negative when one has. */
  public OptionalLong days(Instant now) {
    return chain.stream()
        .mapToLong(certificate ->
            Math.floorDiv(
                Duration.between(now, certificate.getNotAfter().toInstant()).toSeconds(),
                Duration.ofDays(1).toSeconds()))
        .min();
  }

  /** When the first certificate of the chain expires, or did. */
  public Optional<Instant> ends() {
    return chain.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder());
  }

  /** The distinguished name (RFC 2253) of who issued the server's certificate; empty for none. */
  public String issuer() {
    return chain.isEmpty() ? "" : chain.getFirst().getIssuerX500Principal().getName();
  }

  /** The host names and addresses that the server's certificate is for. */
  public List<String> hosts() {
    List<String> hosts = new ArrayList<>();
    try {
      Collection<List<?>> names =
          chain.isEmpty() ? null : chain.getFirst().getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        boolean host =
            name.get(0) instanceof Integer type && (type == DNS_NAME || type == IP_ADDRESS);
        if (host && name.get(1) instanceof String text) {
          hosts.add(text);
        }
      }
    } catch (CertificateParsingException e) {
      return List.of(); // it names nobody that one could read
    }
    return hosts;
  }
}
