package dev.jiggety.desktop.session;

import dev.jiggety.desktop.basket.Basket;
import dev.jiggety.desktop.feed.IncidentFeed;
import dev.jiggety.desktop.feed.LiveFeed;
import dev.jiggety.desktop.feed.PatchFeed;
import dev.jiggety.desktop.session.Settings.KnownHub;

/**
 * A hub that the program is connected to, for as long as it is. The hub may come and go: the feeds
 * say so, and the session stays.
 *
 * @param feed tests, nodes and results
 * @param rollouts what becomes of patches
 * @param incidents what is not as it should be, and what people say of it
 * @param basket changes that are not submitted yet
 * @param patches the one way in which something is changed
 * @param incidentDesk the one way in which something is said of incidents
 */
public record Session(
    KnownHub hub,
    HubConnection connection,
    LiveFeed feed,
    PatchFeed rollouts,
    IncidentFeed incidents,
    Basket basket,
    PatchDesk patches,
    IncidentDesk incidentDesk)
    implements AutoCloseable {
  @Override
  public void close() {
    feed.close();
    rollouts.close();
    incidentDesk.close();
    incidents.close();
    connection.close();
  }
}
