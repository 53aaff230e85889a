package dev.jiggety.agent.hub;

import dev.jiggety.model.Vitals;
import java.util.List;

/**
 * How an embedded hub is.
 *
 * @param requests since it began
 * @param feeds clients that listen to changes
 * @param refusedLogins wrong names and passwords since it began
 * @param databases all of them, by name, as of the last minute
 * @param vitals its process and machine
 */
public record HubStatus(
    List<Requests> requests,
    int feeds,
    long refusedLogins,
    List<Database> databases,
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
