package dev.jiggety.repository;

import dev.jiggety.document.Stored;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Incidents and what people say of them. Safe for any thread; throws {@link HubException} when the
 * hub cannot be asked.
 */
public interface IncidentRepository {

  /** All that last, those that began first at the beginning. */
  List<Stored<Incident>> open();

  /** Those that began before {@code to} and lasted, or last, at {@code from} or later. */
  List<Stored<Incident>> between(Instant from, Instant to);

  /**
   * Those of one test or node, the newest first.
   *
   * @param most so many at most
   */
  List<Stored<Incident>> of(String subject, int most);

  /** One of them. */
  Optional<Stored<Incident>> find(String id);

  /** What people said of one, oldest first. */
  List<IncidentAct> acts(String incident);

  /** Says something; saying the same again changes nothing. */
  void act(IncidentAct act);

  /**
   * Stores one; for the active manager.
   *
   * @param before what it takes the place of; empty for a new one
   * @return it as it stands now; empty when somebody else has changed it meanwhile
   */
  Optional<Stored<Incident>> store(Incident incident, Optional<Stored<Incident>> before);

  /**
   * Follows incidents and acts: what there is of the time since then, and all that is open, then
   * every change. Things can be told twice, never left out.
   */
  HubFeed.Subscription follow(Instant since, Listener listener);

  /** What is told. One call at a time for each method. */
  interface Listener {
    /** An incident is new or has changed. */
    void incident(Stored<Incident> incident);

    /** Somebody said something. */
    void act(IncidentAct act);

    /** The connection came, or was lost. */
    void connection(HubFeed.Connection connection);
  }
}
