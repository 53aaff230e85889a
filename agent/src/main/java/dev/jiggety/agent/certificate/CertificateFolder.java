package dev.jiggety.agent.certificate;

import dev.jiggety.base.PrivateFiles;
import dev.jiggety.couch.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder with an authority of one's own and what it has issued to the hub:
 *
 * <ul>
 *   <li>{@code authority/}: its key and certificate, for its owner alone; needed only to renew, so
 *       it may be kept elsewhere in the meantime
 *   <li>{@code ca.pem}: the authority's certificate, for everybody who is to believe the hub
 *   <li>{@code hub.pem}: the hub's certificate, and then the authority's
 *   <li>{@code hub.key}: the hub's key, for the hub alone
 * </ul>
 */
public final class CertificateFolder {
  /** How long an authority counts: longer than any installation stays as it is. */
  static final Duration AUTHORITY_LIFE = Duration.ofDays(20 * 365L);

  /** How long a hub's certificate counts. */
  static final Duration HUB_LIFE = Duration.ofDays(397);

  /** So long before its end it is renewed: a third of its life. */
  static final Duration RENEW_BEFORE = Duration.ofDays(132);

  /** By these the hub is reached on its own machine; they are in every certificate. */
  private static final List<String> OWN = List.of("localhost", "127.0.0.1", "::1");

  private final Path folder;
  private final Issuer issuer = new Issuer();

  /** A folder, which need not be there yet. */
  public CertificateFolder(Path folder) {
    this.folder = folder;
  }

  /** What became of the hub's certificate. */
  public enum Change {
    MADE,
    RENEWED,
    KEPT
  }

  /**
   * The hub's certificate, as it is now.
   *
   * @param change what became of it
   * @param identity the certificate with its key
   * @param fingerprint SHA-256 of the authority's certificate, as {@link Certificates#fingerprint}
   *     gives it
   */
  public record Issued(Change change, ServerIdentity identity, String fingerprint) {}

  /** The authority's certificate, for everybody. */
  public Path authority() {
    return folder.resolve("ca.pem");
  }

  /** The hub's certificate and the authority's. */
  public Path certificate() {
    return folder.resolve("hub.pem");
  }

  /** The hub's key. */
  public Path key() {
    return folder.resolve("hub.key");
  }

  private Path authorityKey() {
    return folder.resolve("authority").resolve("authority.key");
  }

  private Path authorityCertificate() {
    return folder.resolve("authority").resolve("authority.pem");
  }

  /**
   * Makes what is missing. The hub's certificate is renewed when a third of its life is left, when
   * it is wanted, or when the names are others; by the same authority and, while that is there,
   * with the same key, so that whoever believes the authority notices nothing.
   *
   * @param hosts names and numbers in the hub's address; none for those of the certificate there is
   * @param renewNow whether it is wanted
   * @throws IllegalArgumentException with one line that says what to do
   */
  public Issued provision(List<String> hosts, boolean renewNow, Instant now) throws IOException {
    List<HostName> names =
        Stream.concat(hosts.stream(), ownNames(hosts)).map(HostName::parse).distinct().toList();
    boolean isThere = Files.exists(certificate()) && Files.exists(key());
    if (isThere) {
      ServerIdentity before = ServerIdentity.read(certificate(), key());
      boolean sameNames =
          hosts.isEmpty() || texts(names).equals(new LinkedHashSet<>(before.names()));
      if (sameNames && !renewNow && before.ends().isAfter(now.plus(RENEW_BEFORE))) {
        return issued(Change.KEPT, before);
      }
    }
    List<HostName> wanted = hosts.isEmpty() ? namesBefore() : names;
    Files.createDirectories(folder);
    ServerIdentity authority = authority(now);
    KeyPair keys = hubKeys();
    Instant end = earlier(now.plus(HUB_LIFE), authority.ends());
    if (!end.isAfter(now)) {
      throw new IllegalArgumentException(
          "the authority in "
              + folder
              + " has ended; make another in a new folder, and give its ca.pem to all nodes");
    }
    X509Certificate made =
        issuer.server(
            authority.chain().getFirst(), authority.key(), keys.getPublic(), wanted, now, end);
    replace(certificate(), Certificates.pem(made) + Certificates.pem(authority.chain().getFirst()));
    return issued(
        isThere ? Change.RENEWED : Change.MADE, ServerIdentity.read(certificate(), key()));
  }

  private static Issued issued(Change change, ServerIdentity identity) {
    return new Issued(change, identity, Certificates.fingerprint(identity.chain().getLast()));
  }

  private static Stream<String> ownNames(List<String> hosts) {
    return hosts.isEmpty() ? Stream.empty() : OWN.stream();
  }

  private static Set<String> texts(List<HostName> names) {
    Set<String> texts = new LinkedHashSet<>();
    names.forEach(name -> texts.add(name.text()));
    return texts;
  }

  private List<HostName> namesBefore() {
    if (!Files.exists(certificate())) {
      throw new IllegalArgumentException(
          "say by which names and numbers the hub is reached: --host hub.example.org,10.0.0.5");
    }
    X509Certificate before = Certificates.read(certificate()).getFirst();
    return ServerIdentity.names(before).stream().map(HostName::parse).toList();
  }

  /** The authority; made where there is none and none has issued anything here. */
  private ServerIdentity authority(Instant now) throws IOException {
    if (Files.exists(authorityKey()) && Files.exists(authorityCertificate())) {
      PrivateFiles.refuseReadableByOthers(authorityKey(), "key of the authority");
      ServerIdentity known = ServerIdentity.read(authorityCertificate(), authorityKey());
      publish(known.chain().getFirst());
      return known;
    }
    if (Files.exists(authority()) || Files.exists(certificate())) {
      throw new IllegalArgumentException(
          "the authority that issued "
              + certificate()
              + " is not in "
              + authorityKey().getParent()
              + "; bring that folder back: with another authority no node would believe the hub");
    }
    KeyPair keys = issuer.keys();
    X509Certificate made = issuer.authority(keys, now, AUTHORITY_LIFE);
    PrivateFiles.replace(authorityKey(), ServerIdentity.pem(keys.getPrivate()));
    PrivateFiles.replace(authorityCertificate(), Certificates.pem(made));
    publish(made);
    return new ServerIdentity(List.of(made), keys.getPrivate());
  }

  private void publish(X509Certificate authority) throws IOException {
    if (!Files.exists(authority())) {
      replace(authority(), Certificates.pem(authority));
    }
  }

  /** The same key as before: then no moment sees a certificate with another's key. */
  private KeyPair hubKeys() throws IOException {
    if (Files.exists(key()) && Files.exists(certificate())) {
      ServerIdentity before = ServerIdentity.read(certificate(), key());
      PublicKey known = before.chain().getFirst().getPublicKey();
      PrivateKey secret = before.key();
      if (secret.getAlgorithm().equals("EC")) {
        return new KeyPair(known, secret);
      }
    }
    KeyPair made = issuer.keys();
    PrivateFiles.replace(key(), ServerIdentity.pem(made.getPrivate()));
    return made;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** What everybody may read: the whole text or what was there before. */
  private static void replace(Path file, String text) throws IOException {
    PrivateFiles.replace(file, text);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }
}
