package dev.jiggety.desktop;

import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import java.util.Optional;

/**
 * Asks the hub for its name while JavaFX starts, so that all that talking to a hub needs is loaded
 * by the time it is wanted: the two keep a processor busy each. What comes of it is of no interest.
 */
final class Warmup {
  private static final System.Logger LOG = System.getLogger(Warmup.class.getName());

  private Warmup() {}

  /** Begins, and returns at once. */
  static void begin(String hub, Optional<Credentials> login) {
    Thread.ofPlatform().daemon().name("desktop-warmup").start(() -> ask(hub, login));
  }

  private static void ask(String address, Optional<Credentials> login) {
    try (Hub hub = Hub.open(HubAddress.parse(address, login), HubOptions.DEFAULT)) {
      hub.welcome();
    } catch (IllegalArgumentException e) {
      LOG.log(System.Logger.Level.DEBUG, "no address of a hub", e); // told on the screen
    }
  }
}
