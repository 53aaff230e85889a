package dev.jiggety.desktop.feed;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Ticker;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.IncidentRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows the incidents of a hub, and what people say of them, and tells the screens on the FX
 * thread, in one update for all that happened since the last. The hub's threads only ever take a
 * short lock.
 */
public final class IncidentFeed implements AutoCloseable {
  /** How far back incidents that are over are told; earlier ones are read from the hub. */
  public static final Duration REACH = Duration.ofDays(7);

  /** Incidents that are over and kept, at most: the newest ones. */
  static final int MOST_RECENT = 2_000;

  private static final Comparator<Incident> WORST_FIRST =
      Comparator.comparing(Incident::kind)
          .thenComparing(Incident::began)
          .thenComparing(Incident::id)
          .reversed();

  private static final Comparator<Incident> NEWEST_FIRST =
      Comparator.comparing(Incident::began).thenComparing(Incident::id).reversed();

  private static final Comparator<IncidentAct> OLDEST_FIRST =
      Comparator.comparing(IncidentAct::at).thenComparing(IncidentAct::id);

  private final InstantSource clock;
  private final Object lock = new Object();
  private final Map<String, Stored<Incident>> incidents = new HashMap<>();
  private final Map<String, Map<String, IncidentAct>> acts = new HashMap<>();
  private final Broadcast<IncidentPicture> broadcast;
  private final HubFeed.Subscription subscription;
  private Link link = new Link.Connecting();
  private boolean changed;

  /** Begins to follow. */
  public IncidentFeed(
      IncidentRepository repository, InstantSource clock, Tasks tasks, Ticker ticker) {
    this.clock = clock;
    this.broadcast = new Broadcast<>(IncidentPicture.EMPTY, this::next, tasks, ticker);
    this.subscription = repository.follow(clock.instant().minus(REACH), new Listener());
  }

  /** What was told last; changes only by an update on the FX thread. */
  public IncidentPicture picture() {
    return broadcast.current();
  }

  /** Tells the present state at once, then every change, on the FX thread; call it there too. */
  public Pin subscribe(Consumer<IncidentPicture> listener) {
    return broadcast.subscribe(listener);
  }

  private @Nullable IncidentPicture next() {
    synchronized (lock) {
      if (!changed) {
        return null;
      }
      changed = false;
      List<Incident> open = some(Incident::isOpen, WORST_FIRST);
      List<Incident> over = some(it -> !it.isOpen(), NEWEST_FIRST);
      if (over.size() > MOST_RECENT) {
        forget(over.subList(MOST_RECENT, over.size()));
        over = over.subList(0, MOST_RECENT);
      }
      Map<String, List<IncidentAct>> said = new HashMap<>();
      acts.forEach((incident, its) ->
          said.put(incident, its.values().stream().sorted(OLDEST_FIRST).toList()));
      return new IncidentPicture(open, over, said, link);
    }
  }

  private List<Incident> some(Predicate<Incident> which, Comparator<Incident> order) {
    return incidents.values().stream().map(Stored::value).filter(which).sorted(order).toList();
  }

  private void forget(List<Incident> oldest) {
    Set<String> ids = new HashSet<>();
    oldest.forEach(it -> ids.add(it.id()));
    incidents.keySet().removeAll(ids);
    acts.keySet().removeAll(ids);
  }

  /** Revisions begin with how often the document was written; late echoes must not win. */
  private static boolean isNewer(Stored<Incident> now, @Nullable Stored<Incident> before) {
    return before == null || generation(now.rev()) >= generation(before.rev());
  }

  private static long generation(String rev) {
    int dash = rev.indexOf('-');
    try {
      return Long.parseLong(dash < 0 ? rev : rev.substring(0, dash));
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE; // not CouchDB's way to write revisions: believe the last word
    }
  }

  @Override
  public void close() {
    broadcast.close();
    subscription.close();
  }

  private final class Listener implements IncidentRepository.Listener {
    @Override
    public void incident(Stored<Incident> incident) {
      synchronized (lock) {
        String id = incident.value().id();
        Stored<Incident> before = incidents.get(id);
        if (isNewer(incident, before)) {
          incidents.put(id, incident);
          changed |= before == null || !before.value().equals(incident.value());
        }
      }
    }

    @Override
    public void act(IncidentAct act) {
      synchronized (lock) {
        changed |=
            !act.equals(
                acts.computeIfAbsent(act.incident(), any -> new HashMap<>()).put(act.id(), act));
      }
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      Instant now = clock.instant();
      synchronized (lock) {
        link =
            switch (connection) {
              case HubFeed.Connection.Connected() -> new Link.Connected(now);
              case HubFeed.Connection.Away(var kind, var reason) ->
                  new Link.Away(now, kind, reason);
            };
        changed = true;
      }
    }
  }
}
