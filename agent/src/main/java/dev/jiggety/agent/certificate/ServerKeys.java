package dev.jiggety.agent.certificate;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What a running server proves its name with, from files that may change: {@link #look} reads them
 * again then. What cannot be used changes nothing; the server goes on with what it had. Handshakes
 * may come by any thread.
 */
public final class ServerKeys {
  private static final System.Logger LOG = System.getLogger(ServerKeys.class.getName());

  /** For so long a client may come back without seeing the certificate again (seconds). */
  private static final int SESSION_SECONDS = 600;

  private final Path certificate;
  private final Path key;
  private volatile Generation now;
  private volatile @Nullable String problem;
  private State seen;

  /** A handshake asks for certificate and key one after the other: both are of one generation. */
  private record Generation(long number, ServerIdentity identity, @Nullable Generation before) {
    String alias() {
      return Long.toString(number);
    }
  }

  private record State(Object certificate, Object key) {}

  private ServerKeys(Path certificate, Path key) {
    this.certificate = certificate;
    this.key = key;
    this.seen = state();
    this.now = new Generation(0, ServerIdentity.read(certificate, key), null);
  }

  /**
   * Reads the files.
   *
   * @param certificate PEM: the server's certificate, followed by those that sign it
   * @param key PEM: its key, PKCS #8, not encrypted
   * @throws IllegalArgumentException with one line that names the file and the remedy
   */
  public static ServerKeys open(Path certificate, Path key) {
    return new ServerKeys(certificate, key);
  }

  /** What is shown now. */
  public ServerIdentity identity() {
    return now.identity();
  }

  /** Why the files as they are now cannot be used; empty where they can. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Reads the files again if they have changed; new connections see the new certificate. */
  public synchronized void look() {
    State state = state();
    if (state.equals(seen)) {
      return;
    }
    seen = state;
    Generation before = now;
    try {
      ServerIdentity read = ServerIdentity.read(certificate, key);
      now =
          new Generation(
              before.number() + 1, read, new Generation(before.number(), before.identity(), null));
      problem = null;
      LOG.log(Level.INFO, "a new certificate is shown, good until {0}", read.ends());
    } catch (IllegalArgumentException e) {
      problem = e.getMessage();
      LOG.log(
          Level.WARNING,
          "{0}; the certificate from before goes on, good until {1}",
          e.getMessage(),
          before.identity().ends());
    }
  }

  /** A context that always shows the newest certificate, and asks none of clients. */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new Shown()}, null, null);
      context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no usable TLS", e);
    }
  }

  private State state() {
    return new State(state(certificate), state(key));
  }

  private record Seen(Object time, long size, @Nullable Object inode) {}

  private static Object state(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new Seen(found.lastModifiedTime(), found.size(), found.fileKey());
    } catch (IOException e) {
      return "cannot be read";
    }
  }

  private @Nullable Generation find(@Nullable String alias) {
    Generation at = now;
    while (at != null && !at.alias().equals(alias)) {
      at = at.before();
    }
    return at;
  }

  private final class Shown extends X509ExtendedKeyManager {
    private @Nullable String choose(String keyType) {
      Generation newest = now;
      return Objects.equals(newest.identity().key().getAlgorithm(), keyType)
          ? newest.alias()
          : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
      return choose(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, Socket socket) {
      return choose(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      String alias = choose(keyType);
      return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      Generation found = find(alias);
      return found == null ? null : found.identity().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      Generation found = find(alias);
      return found == null ? null : found.identity().key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
      return null;
    }
  }
}
