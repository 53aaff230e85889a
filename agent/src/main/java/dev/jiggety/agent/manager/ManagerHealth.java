package dev.jiggety.agent.manager;

import dev.jiggety.agent.vitals.Beat;
import dev.jiggety.agent.vitals.Machine;
import dev.jiggety.agent.vitals.Neighbours;
import dev.jiggety.model.Incident;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.ManagerReport.Stand;
import dev.jiggety.model.rules.Presence;
import dev.jiggety.repository.HealthRepository;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.IncidentRepository;
import dev.jiggety.repository.NodeRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says how a manager is, and watches over the other parts. */
final class ManagerHealth implements AutoCloseable {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration REPORT = Duration.ofSeconds(15);

  /** After a failure. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  /** After a refusal; CouchDB locks out whoever tries wrong credentials too often. */
  private static final Duration DENIED = Duration.ofMinutes(2);

  private static final Duration LOOK = Duration.ofMinutes(1);

  private final HealthRepository health;
  private final NodeRepository nodes;
  private final IncidentRepository incidents;
  private final Supplier<ManagerStatus> status;
  private final Path data;
  private final InstantSource clock;
  private final Instant startedAt;
  private final Neighbours neighbours = new Neighbours(this::amiss);
  private final List<Beat> beats = new ArrayList<>();
  private @Nullable ManagerStatus told;
  private final Object counting = new Object();
  private Optional<Map<Incident.Kind, Integer>> counted = Optional.empty();
  private Instant countedAt = Instant.EPOCH;
  private Instant toldAt = Instant.EPOCH;
  private volatile Instant notBefore = Instant.EPOCH;

  ManagerHealth(
      HealthRepository health,
      NodeRepository nodes,
      IncidentRepository incidents,
      Supplier<ManagerStatus> status,
      Path data,
      InstantSource clock) {
    this.health = health;
    this.nodes = nodes;
    this.incidents = incidents;
    this.status = status;
    this.data = data;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** Begins. */
  void start() {
    beats.add(Beat.start("reporting this manager", TICK, this::tell));
    beats.add(Beat.start("watching over the other parts", LOOK, this::look));
  }

  /**
   * Incidents that last, by kind, as of the last quarter of a minute; empty where that cannot be
   * asked, or while another manager decides about them.
   */
  Optional<Map<Incident.Kind, Integer>> incidents() {
    if (status.get().stand() != ManagerStatus.Stand.ACTIVE) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    synchronized (counting) {
      if (Duration.between(countedAt, now).abs().compareTo(REPORT) >= 0) {
        countedAt = now;
        counted = count();
      }
      return counted;
    }
  }

  private Optional<Map<Incident.Kind, Integer>> count() {
    try {
      Map<Incident.Kind, Integer> kinds = new EnumMap<>(Incident.Kind.class);
      incidents.open().forEach(it -> kinds.merge(it.value().kind(), 1, Integer::sum));
      return Optional.of(kinds);
    } catch (HubException e) {
      return Optional.empty(); // the report says that the hub is away
    }
  }

  /** What it would report now. */
  ManagerReport report() {
    return report(status.get());
  }

  @Override
  public void close() {
    beats.forEach(Beat::close);
  }

  /** At once when something has changed, else once in a while. */
  void tell() {
    ManagerStatus now = status.get();
    Instant at = clock.instant();
    if (now.equals(told) && Duration.between(toldAt, at).compareTo(REPORT) < 0) {
      return;
    }
    if (at.isBefore(notBefore)) {
      return;
    }
    told = null; // where it fails, again
    try {
      health.report(report(now));
    } catch (HubException e) {
      notBefore = at.plus(e.kind() == HubException.Kind.UNAUTHORIZED ? DENIED : AGAIN);
      throw e;
    }
    told = now;
    toldAt = at;
  }

  /** Asks nothing of a hub that has just denied it. */
  void look() {
    if (!clock.instant().isBefore(notBefore)) {
      neighbours.look();
    }
  }

  private ManagerReport report(ManagerStatus now) {
    List<String> notices = new ArrayList<>(now.troubles());
    notices.addAll(neighbours.notices());
    ManagerStatus.Release head = now.head();
    ManagerStatus.UnderWay underWay = now.underWay();
    return new ManagerReport(
        now.name(),
        Machine.version(),
        startedAt,
        clock.instant(),
        switch (now.stand()) {
          case PASSIVE -> Stand.PASSIVE;
          case TAKING_OVER -> Stand.TAKING_OVER;
          case ACTIVE -> Stand.ACTIVE;
        },
        now.since(),
        now.reason(),
        now.epoch(),
        head == null ? 0 : head.release(),
        now.waiting(),
        underWay == null ? null : new ManagerReport.UnderWay(underWay.rollout(), underWay.state()),
        Machine.look(data, notices));
  }

  private Map<String, String> amiss() {
    return Presence.amiss(nodes.all(), health.managers(), health.hubs(), clock.instant());
  }
}
