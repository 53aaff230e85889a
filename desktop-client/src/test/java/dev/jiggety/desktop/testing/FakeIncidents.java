package dev.jiggety.desktop.testing;

import dev.jiggety.document.IncidentDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.IncidentRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Incidents in memory, with the promises of the port: revisions, acts that are said once, a feed
 * that catches up. What people say is written into the incident when a test lets the manager do so.
 * Thread-safe.
 */
public final class FakeIncidents implements IncidentRepository {
  private final FakeHub hub;
  private final NavigableMap<String, Stored<Incident>> incidents = new TreeMap<>();
  private final Map<String, IncidentAct> acts = new TreeMap<>();
  private final List<Following> listeners = new ArrayList<>();
  private int revisions;

  private record Following(Instant since, Listener listener) {}

  FakeIncidents(FakeHub hub) {
    this.hub = hub;
  }

  /** A manager finds or changes an incident; the desktop hears of it, unless the hub is away. */
  public Stored<Incident> put(Incident incident) {
    synchronized (hub) {
      Stored<Incident> stored =
          new Stored<>(incident, ++revisions + "-x", IncidentDocument.TYPE.write(incident));
      incidents.put(incident.id(), stored);
      if (!hub.isAway()) {
        List.copyOf(listeners).forEach(it -> it.listener().incident(stored));
      }
      return stored;
    }
  }

  /** All that was said, oldest first. */
  public List<IncidentAct> said() {
    synchronized (hub) {
      return acts.values().stream().sorted(Comparator.comparing(IncidentAct::at)).toList();
    }
  }

  /** How many follow: what was opened and not closed. */
  public int followers() {
    synchronized (hub) {
      return listeners.size();
    }
  }

  void away() {
    var away = new HubFeed.Connection.Away(HubException.Kind.UNAVAILABLE, "connection refused");
    listeners.forEach(it -> it.listener().connection(away));
  }

  void back() {
    listeners.forEach(this::tellAll);
  }

  @Override
  public List<Stored<Incident>> open() {
    return asked().stream()
        .filter(it -> it.value().isOpen())
        .sorted(Comparator.comparing(it -> it.value().began()))
        .toList();
  }

  @Override
  public List<Stored<Incident>> between(Instant from, Instant to) {
    return asked().stream()
        .filter(it -> it.value().began().isBefore(to) && lasts(it.value(), from))
        .toList();
  }

  @Override
  public List<Stored<Incident>> of(String subject, int most) {
    return asked().reversed().stream()
        .filter(it -> it.value().subject().equals(subject))
        .limit(most)
        .toList();
  }

  @Override
  public Optional<Stored<Incident>> find(String id) {
    return asked().stream().filter(it -> it.value().id().equals(id)).findFirst();
  }

  @Override
  public List<IncidentAct> acts(String incident) {
    synchronized (hub) {
      hub.refuseWhenAway();
      return said().stream().filter(it -> it.incident().equals(incident)).toList();
    }
  }

  @Override
  public void act(IncidentAct act) {
    synchronized (hub) {
      hub.refuseWhenAway();
      IncidentAct before = acts.putIfAbsent(act.id(), act);
      if (before != null && !before.equals(act)) {
        throw new HubException(HubException.Kind.REFUSED, "the hub has another act of that id");
      }
      List.copyOf(listeners).forEach(it -> it.listener().act(act));
    }
  }

  @Override
  public Optional<Stored<Incident>> store(Incident incident, Optional<Stored<Incident>> before) {
    synchronized (hub) {
      hub.refuseWhenAway();
      String found = rev(Optional.ofNullable(incidents.get(incident.id())));
      return rev(before).equals(found) ? Optional.of(put(incident)) : Optional.empty();
    }
  }

  @Override
  public HubFeed.Subscription follow(Instant since, Listener listener) {
    Following following = new Following(since, listener);
    synchronized (hub) {
      listeners.add(following);
      if (hub.isAway()) {
        away();
      } else {
        tellAll(following);
      }
    }
    return () -> {
      synchronized (hub) {
        listeners.remove(following);
      }
    };
  }

  private List<Stored<Incident>> asked() {
    synchronized (hub) {
      hub.refuseWhenAway();
      return List.copyOf(incidents.values());
    }
  }

  private void tellAll(Following following) {
    following.listener().connection(new HubFeed.Connection.Connected());
    incidents.values().stream()
        .filter(it -> it.value().isOpen() || lasts(it.value(), following.since()))
        .forEach(following.listener()::incident);
    acts.values().forEach(following.listener()::act);
  }

  private static boolean lasts(Incident incident, Instant at) {
    Instant ended = incident.ended();
    return ended == null || !ended.isBefore(at);
  }

  private static String rev(Optional<Stored<Incident>> stored) {
    return stored.map(Stored::rev).orElse("");
  }
}
