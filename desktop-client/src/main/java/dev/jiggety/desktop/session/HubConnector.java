package dev.jiggety.desktop.session;

import java.net.URI;
import java.util.Optional;

/** Makes connections to hubs. The one place that knows what a hub is made of. */
@FunctionalInterface
public interface HubConnector {
  /**
   * A connection that does nothing until it is used, so that an absent hub is no error here.
   *
   * @param login none for a hub that asks for none
   */
  HubConnection open(URI hub, Optional<Login> login);
}
