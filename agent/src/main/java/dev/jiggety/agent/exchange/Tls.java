package dev.jiggety.agent.exchange;

import dev.jiggety.model.Connection;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Verified TLS without memory: every connection makes a full handshake, none resumes a session.
 * Safe for any thread.
 */
public final class Tls {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final X509TrustManager trust;
  private final SSLSocketFactory sockets;

  /** Trusts whom {@code trust} trusts. */
  public Tls(X509TrustManager trust) {
    this(trust, new KeyManager[0]);
  }

  private Tls(X509TrustManager trust, KeyManager[] keys) {
    this.trust = trust;
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {trust}, RANDOM);
      this.sockets = new ForgetfulSockets(context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** Trusts the authorities that Java trusts. */
  public static Tls system() {
    return new Tls(trusting(null));
  }

  /**
   * The same with what a test brings along: authorities that are trusted besides, and what the
   * client shows of itself. The same one where it brings nothing.
   *
   * @throws IllegalArgumentException with a sentence for people when that is no PEM
   */
  public Tls with(Connection connection) {
    if (connection.authority() == null && connection.clientCertificate() == null) {
      return this;
    }
    try {
      X509TrustManager all =
          connection.authority() == null ? trust : besides(connection.authority());
      return new Tls(all, keys(connection));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("these certificates cannot be used: " + e.getMessage(), e);
    }
  }

  /** Whom it trusts. */
  public X509TrustManager trust() {
    return trust;
  }

  /** Sockets that resume no session; they do not verify for whom a certificate is. */
  SSLSocketFactory sockets() {
    return sockets;
  }

  /**
   * Makes the handshake over a connection that stands, and verifies chain and name. Blocks; who
   * closes {@code socket} ends it.
   *
   * @param serverName sent as SNI, and what the certificate must be for
   */
  public SSLSocket handshake(Socket socket, String serverName, int port) throws IOException {
    SSLSocket secure = (SSLSocket) sockets.createSocket(socket, serverName, port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  /** What a handshake came to. */
  public static TlsFacts facts(SSLSession session) {
    List<Certificate> chain;
    try {
      chain = List.of(session.getPeerCertificates());
    } catch (SSLPeerUnverifiedException e) {
      chain = List.of();
    }
    return TlsFacts.of(session.getProtocol(), session.getCipherSuite(), chain);
  }

  private X509TrustManager besides(String pem) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int i = 0;
    for (X509Certificate certificate : Pem.certificates(pem, "the authority")) {
      store.setCertificateEntry("brought-" + i++, certificate);
    }
    for (X509Certificate certificate : trust.getAcceptedIssuers()) {
      store.setCertificateEntry("known-" + i++, certificate);
    }
    return trusting(store);
  }

  private static KeyManager[] keys(Connection connection)
      throws GeneralSecurityException, IOException {
    if (connection.clientCertificate() == null) {
      return new KeyManager[0];
    }
    if (connection.clientKey() == null) {
      throw new IllegalArgumentException("the client-certificate has no client-key to go with it");
    }
    List<X509Certificate> chain =
        Pem.certificates(connection.clientCertificate(), "the client-certificate");
    String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
    PrivateKey key = Pem.key(connection.clientKey(), algorithm, "the client-key");
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setKeyEntry("client", key, new char[0], chain.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static X509TrustManager trusting(@Nullable KeyStore store) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          return x509;
        }
      }
      throw new IllegalStateException("this Java has no trust manager for TLS");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot verify certificates", e);
    }
  }
}
