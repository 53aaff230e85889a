package dev.jiggety.repository.couch;

import dev.jiggety.couch.Certificates;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.couch.ServerCertificates;
import dev.jiggety.repository.HubException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Which certificate nodes are to go by. One that the world knows needs none: it is renewed by other
 * authorities every few weeks, and machines believe those. Of an installation's own, a token names
 * the uppermost that the hub shows, and a node believes that one alone.
 */
public final class HubPin {
  private HubPin() {}

  /**
   * What a token says of the hub's certificate, its SHA-256; empty for nothing. Blocks.
   *
   * @param options whom the operator believes: what comes from anybody else is not handed on
   * @param isOwn whether the operator believes an authority that he names himself
   * @throws HubException when the hub shows nothing, or the operator does not believe it
   */
  public static Optional<String> of(HubAddress hub, HubOptions options, boolean isOwn) {
    if (!hub.isTls()) {
      return Optional.empty();
    }
    X509Certificate top = chain(hub, ServerCertificates.believed(hub, options)).getLast();
    boolean isSelfSigned = Certificates.isSignedBy(top, top.getPublicKey());
    return isOwn || isSelfSigned ? Optional.of(Certificates.fingerprint(top)) : Optional.empty();
  }

  /**
   * The certificates that a hub shows, its own first, whether they are believed or not; blocks.
   *
   * @throws HubException when the hub shows nothing
   */
  public static List<X509Certificate> shown(HubAddress hub, HubOptions options) {
    return chain(hub, ServerCertificates.shownBy(hub, options));
  }

  private static List<X509Certificate> chain(HubAddress hub, Outcome<List<X509Certificate>> shown) {
    if (shown instanceof Outcome.Ok<List<X509Certificate>>(var chain) && !chain.isEmpty()) {
      return chain;
    }
    throw new HubException(
        HubException.Kind.UNAVAILABLE,
        "the hub " + hub + " shows no certificate to go by: " + shown.inWords());
  }
}
