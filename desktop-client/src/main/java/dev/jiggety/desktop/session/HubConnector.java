package dev.jiggety.desktop.session;

import dev.jiggety.couch.HubAddress;

/** Makes connections to hubs. The one place that knows what a hub is made of. */
@FunctionalInterface
public interface HubConnector {
  /** A connection that does nothing until it is used, so that an absent hub is no error here. */
  HubConnection open(HubAddress hub);
}
