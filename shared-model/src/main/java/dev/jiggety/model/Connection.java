package dev.jiggety.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How to get to the site, where that is not left to the machine. TLS is always verified: a private
 * authority is named, never switched off.
 *
 * @param version which HTTP may be spoken
 * @param family which addresses of a host may be used
 * @param address an IP address to connect to instead of asking for the host's; null to ask
 * @param resolver a name server to ask, {@code host} or {@code host:port}; null for the machine's
 * @param proxy {@code http://host:port} or {@code socks5://host:port}, with user information where
 *     it wants some; null for none
 * @param authority certificates (PEM) that are trusted besides the machine's; null for none
 * @param clientCertificate what the client shows of itself (PEM, chain first); null for none
 * @param clientKey its private key (PKCS#8 PEM), commonly {@code ${secret.NAME}}; null for none
 */
public record Connection(
    Version version,
    Family family,
    @Nullable String address,
    @Nullable String resolver,
    @Nullable String proxy,
    @Nullable String authority,
    @Nullable String clientCertificate,
    @Nullable String clientKey) {
  /** As the machine does it. */
  public static final Connection DEFAULT =
      new Connection(Version.AUTO, Family.ANY, null, null, null, null, null, null);

  /** Which HTTP may be spoken. */
  public enum Version {
    /** HTTP/2 where the server offers it over TLS, else HTTP/1.1. */
    AUTO,
    HTTP_1_1,
    /** Over TLS by ALPN, on plain http with prior knowledge. */
    HTTP_2;

    /** The name in documents: {@code auto}, {@code 1.1}, {@code 2}. */
    public String label() {
      return switch (this) {
        case AUTO -> "auto";
        case HTTP_1_1 -> "1.1";
        case HTTP_2 -> "2";
      };
    }
  }

  /** Which addresses may be used. */
  public enum Family {
    ANY,
    IPV4,
    IPV6;

    /** The name in documents. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
