package dev.jiggety.agent.enroll;

import dev.jiggety.couch.Certificates;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.repository.couch.HubPin;

/** Whether a hub is the one that a token is for. */
final class HubCheck {
  private HubCheck() {}

  /**
   * The certificate that a token names, as PEM text; blocks.
   *
   * @throws JoinException when the hub's does not go back to it
   */
  static String pinned(HubAddress hub, HubOptions options, String fingerprint) {
    if (!hub.isTls()) {
      throw new JoinException(
          "the token is for a hub that speaks TLS; write https:// in the place of http://");
    }
    return Certificates.find(HubPin.shown(hub, options), fingerprint)
        .map(Certificates::pem)
        .orElseThrow(() ->
            new JoinException(
                "the certificate of "
                    + hub
                    + " does not go back to the one that the token names: somebody stands between, it is another hub, or the hub has a new authority; ask for a new token"));
  }
}
