package dev.jiggety.agent.certificate;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What is to be said of a certificate that ends. Pure. */
public final class CertificateEnd {
  /** From here on people are asked to renew; what renews by itself has done so long before. */
  public static final Duration SOON = Duration.ofDays(30);

  private CertificateEnd() {}

  /** The end of a sentence about a certificate, with the remedy; nothing while it is far away. */
  public static Optional<String> inWords(Instant end, Instant now) {
    if (end.isAfter(now.plus(SOON))) {
      return Optional.empty();
    }
    return Optional.of(
        end.isAfter(now)
            ? String.format(
                Locale.ROOT,
                "ends in %d days, at %s; renew it",
                Duration.between(now, end).toDays(),
                end)
            : "has ended at " + end + "; renew it");
  }
}
