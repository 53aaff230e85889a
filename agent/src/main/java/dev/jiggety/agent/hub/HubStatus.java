package dev.jiggety.agent.hub;

import dev.jiggety.model.Vitals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How an embedded hub is.
 *
 * @param requests since it began
 * @param feeds clients that listen to changes
 * @param refusedLogins wrong names and passwords since it began
 * @param databases all of them, by name, as of the last minute
 * @param certificateEnds when its certificate does; empty where it speaks no TLS
 * @param vitals its process and machine
 */
public record HubStatus(
    List<Requests> requests,
    int feeds,
    long refusedLogins,
    List<Database> databases,
    Optional<Instant> certificateEnds,
    Vitals vitals) {
  public HubStatus {
    requests = List.copyOf(requests);
    databases = List.copyOf(databases);
  }

  /**
   * Requests of one kind.
   *
   * @param kind what was asked, one of a few words
   * @param status {@code 1xx} to {@code 5xx}
   */
  public record Requests(String kind, String status, long count) {}

  /** A database: its documents, and the size of its file in bytes. */
  public record Database(String name, long documents, long bytes) {}
}
