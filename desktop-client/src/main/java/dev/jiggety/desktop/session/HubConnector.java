package dev.jiggety.desktop.session;

import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.TlsTrust;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Makes connections to hubs. The one place that knows what a hub is made of. */
@FunctionalInterface
public interface HubConnector {
  /**
   * A connection that does nothing until it is used, so that an absent hub is no error here.
   *
   * @param trust whom TLS believes
   * @throws IllegalArgumentException with one line when a file with authorities cannot be used
   */
  HubConnection open(HubAddress hub, TlsTrust trust);

  /**
   * A connection to one of several hubs that replicate with each other, the preferred one first; to
   * another one when that dies. May block until one has answered.
   *
   * @param trust whom TLS believes
   */
  default HubConnection open(List<HubAddress> hubs, TlsTrust trust) {
    return open(hubs.getFirst(), trust);
  }

  /** The same, believing whom this machine believes. */
  default HubConnection open(HubAddress hub) {
    return open(hub, TlsTrust.PLATFORM);
  }

  /**
   * The authority of a hub that is not believed for no other reason than that it is not known, so
   * that a person can compare its fingerprint; may block.
   */
  default Optional<X509Certificate> stranger(HubAddress hub, TlsTrust trust) {
    return Optional.empty();
  }
}
