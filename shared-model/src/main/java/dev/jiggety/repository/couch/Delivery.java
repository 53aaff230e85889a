package dev.jiggety.repository.couch;

import dev.jiggety.couch.HubAddress;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed.Connection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands what the parts of a feed hear to its listener, one at a time, and makes one connection
 * state of theirs. What a listener throws is logged and goes no further. Safe for any thread.
 *
 * @param <L> who listens
 */
final class Delivery<L> {
  private static final Logger LOG = System.getLogger(Delivery.class.getName());

  private final HubAddress hub;
  private final L listener;
  private final BiConsumer<L, Connection> connection;
  private final int parts;
  private final Map<String, Connection> states = new TreeMap<>();
  private @Nullable Connection told;
  private boolean leaderHears;
  private boolean closed;

  Delivery(HubAddress hub, L listener, BiConsumer<L, Connection> connection, int parts) {
    this.hub = hub;
    this.listener = listener;
    this.connection = connection;
    this.parts = parts;
  }

  synchronized void deliver(Consumer<L> what) {
    if (closed) {
      return;
    }
    try {
      what.accept(listener);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a listener to the feed failed", e);
    }
  }

  /** Whether the part that leads heard the hub the last time it asked. */
  synchronized boolean leaderHears() {
    return leaderHears;
  }

  /** Notes how a part does; tells the listener if that changes the whole. */
  synchronized void state(String part, boolean leads, Connection its) {
    states.put(part, its);
    if (leads) {
      leaderHears = its instanceof Connection.Connected;
    }
    Connection now = whole().orElse(null);
    if (now != null && !isSame(told, now)) {
      log(told, now);
      told = now;
      deliver(to -> connection.accept(to, now));
    }
  }

  /** After this nothing more is delivered; waits for a delivery that is under way. */
  synchronized void close() {
    closed = true;
  }

  /** Away as soon as one part is; connected when all parts are. */
  private Optional<Connection> whole() {
    for (Connection state : states.values()) {
      if (state instanceof Connection.Away) {
        return Optional.of(state);
      }
    }
    return states.size() < parts ? Optional.empty() : Optional.of(new Connection.Connected());
  }

  private static boolean isSame(@Nullable Connection before, Connection now) {
    if (before instanceof Connection.Away(HubException.Kind old, String oldReason)
        && now instanceof Connection.Away(HubException.Kind kind, String reason)) {
      return old == kind;
    }
    return now.equals(before);
  }

  private void log(@Nullable Connection before, Connection now) {
    if (closed) {
      return;
    }
    switch (now) {
      // That it is there from the beginning is what everybody expects.
      case Connection.Connected connected ->
          LOG.log(before == null ? Level.DEBUG : Level.INFO, "hearing the hub {0}", hub);
      case Connection.Away away ->
          LOG.log(Level.WARNING, "not hearing the hub: {0}", away.reason());
    }
  }
}
