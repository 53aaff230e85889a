package dev.jiggety.desktop.session;

import dev.jiggety.desktop.feed.LiveFeed;
import dev.jiggety.desktop.session.Settings.KnownHub;

/**
 * A hub that the program is connected to, for as long as it is. The hub may come and go: the feed
 * says so, and the session stays.
 */
public record Session(KnownHub hub, HubConnection connection, LiveFeed feed)
    implements AutoCloseable {
  @Override
  public void close() {
    feed.close();
    connection.close();
  }
}
