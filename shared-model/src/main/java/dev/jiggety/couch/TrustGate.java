package dev.jiggety.couch;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets in the servers whose certificates are believed, and says in words for people why others are
 * not. Looks at each handshake whether the file with the authorities has changed. Safe for any
 * thread.
 */
final class TrustGate extends X509ExtendedTrustManager {
  private static final System.Logger LOG = System.getLogger(TrustGate.class.getName());

  private final TlsTrust trust;
  private final @Nullable Path file;
  private volatile X509ExtendedTrustManager believed;
  private volatile Object state;

  /**
   * A gate.
   *
   * @throws IllegalArgumentException with one line when the file cannot be used
   */
  TrustGate(TlsTrust trust) {
    this.trust = trust;
    this.file =
        switch (trust) {
          case TlsTrust.Platform _ -> null;
          case TlsTrust.PlatformAnd(Path pem) -> pem;
          case TlsTrust.Only(Path pem) -> pem;
        };
    this.state = stateOf(file);
    this.believed = Tls.manager(trust);
  }

  /** The newest state of the file; one that cannot be read leaves what was. */
  private X509ExtendedTrustManager believed() {
    if (file != null && !Objects.equals(state, stateOf(file))) {
      synchronized (this) {
        Object now = stateOf(file);
        if (!Objects.equals(state, now)) {
          state = now;
          try {
            believed = Tls.manager(trust);
            LOG.log(Level.INFO, "the authorities in {0} are read again", file);
          } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "{0}; those read before go on", e.getMessage());
          }
        }
      }
    }
    return believed;
  }

  private record State(Object time, long size, @Nullable Object key) {}

  private static Object stateOf(@Nullable Path file) {
    if (file == null) {
      return "";
    }
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(now.lastModifiedTime(), now.size(), now.fileKey());
    } catch (IOException e) {
      return "";
    }
  }

  /** Checks a chain by the usual rules. */
  @FunctionalInterface
  private interface Check {
    void check(X509ExtendedTrustManager by) throws CertificateException;
  }

  private void check(X509Certificate[] chain, Check usual) throws CertificateException {
    try {
      usual.check(believed());
      // Java asks no date of a certificate that is itself believed.
      chain[0].checkValidity();
    } catch (CertificateException e) {
      throw explain(chain, e);
    }
  }

  private DistrustException explain(X509Certificate[] chain, CertificateException why) {
    for (Throwable at = why; at != null; at = at.getCause()) {
      if (at instanceof CertificateExpiredException) {
        return new DistrustException(
            "has ended at " + end(chain) + "; renew it where the hub is", false, why);
      }
      if (at instanceof CertificateNotYetValidException) {
        return new DistrustException(
            "counts only from " + begin(chain) + " on; set the clocks of both machines",
            false,
            why);
      }
    }
    String top = Certificates.forPeople(Certificates.fingerprint(chain[chain.length - 1]));
    return switch (trust) {
      case TlsTrust.Only(Path pem) ->
          new DistrustException(
              "is not trusted: it does not go back to the authority in "
                  + pem
                  + " (it goes back to SHA-256 "
                  + top
                  + "); if the hub was given another authority, put that one into the file, else"
                  + " somebody stands between you and the hub",
              true,
              why);
      case TlsTrust.Platform _ -> new DistrustException(unknown(top), true, why);
      case TlsTrust.PlatformAnd(Path pem) ->
          new DistrustException(unknown(top) + ", or add it to " + pem, true, why);
    };
  }

  private static String unknown(String top) {
    return "is not trusted: this machine does not know its authority (SHA-256 "
        + top
        + "); name the PEM file of that authority (--ca FILE)";
  }

  private static Object end(X509Certificate[] chain) {
    return List.of(chain).stream()
        .map(it -> it.getNotAfter().toInstant())
        .min((a, b) -> a.compareTo(b))
        .orElseThrow();
  }

  private static Object begin(X509Certificate[] chain) {
    return List.of(chain).stream()
        .map(it -> it.getNotBefore().toInstant())
        .max((a, b) -> a.compareTo(b))
        .orElseThrow();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain, by -> by.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain, by -> by.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, by -> by.checkServerTrusted(chain, type));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("clients show no certificates");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("clients show no certificates");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("clients show no certificates");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return believed().getAcceptedIssuers();
  }
}
