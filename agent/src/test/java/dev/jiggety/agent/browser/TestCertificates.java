package dev.jiggety.agent.browser;

import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** An authority of its own and what it has signed, good and bad. */
public final class TestCertificates {
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder()
          .certificateAuthority(0)
          .commonName("Jiggety tests")
          .duration(400, TimeUnit.DAYS)
          .build();

  private TestCertificates() {}

  /** The authority's certificate, as {@code Connection.authority} takes it. */
  public static String authority() {
    return AUTHORITY.certificatePem();
  }

  /** For {@code localhost}, good for so many days and half of one. */
  public static SSLContext good(int days) {
    return context(
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("localhost")
            .duration(days * 24L + 12, TimeUnit.HOURS)
            .signedBy(AUTHORITY)
            .build());
  }

  /** For {@code localhost}; its time was over an hour ago. */
  public static SSLContext expired() {
    long now = System.currentTimeMillis();
    long hour = TimeUnit.HOURS.toMillis(1);
    return context(
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("localhost")
            .validityInterval(now - 48 * hour, now - hour)
            .signedBy(AUTHORITY)
            .build());
  }

  /** For a host that it is not asked as. */
  public static SSLContext wrongHost() {
    return context(
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("elsewhere.example")
            .signedBy(AUTHORITY)
            .build());
  }

  /** For {@code localhost}, by its own word alone. */
  public static SSLContext selfSigned() {
    return context(new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build());
  }

  private static SSLContext context(HeldCertificate certificate) {
    return new HandshakeCertificates.Builder().heldCertificate(certificate).build().sslContext();
  }
}
