package dev.jiggety.agent.metrics;

import dev.jiggety.model.Vitals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The figures of an embedded hub. Safe for any thread. */
public final class HubFigures implements Source {
  private final Supplier<Reading> hub;
  private final int mostDatabases;

  /**
   * How a hub is.
   *
   * @param requests since it began
   * @param feeds clients that listen to changes
   * @param refusedLogins wrong names and passwords since it began
   * @param databases all of them, by name
   * @param certificateEnds when its certificate does; empty where it speaks no TLS
   * @param vitals its process and machine
   */
  public record Reading(
      List<Requests> requests,
      int feeds,
      long refusedLogins,
      List<Database> databases,
      Optional<Instant> certificateEnds,
      Vitals vitals) {
    public Reading {
      requests = List.copyOf(requests);
      databases = List.copyOf(databases);
    }
  }

  /**
   * Requests of one kind.
   *
   * @param kind what was asked, one of a few words
   * @param status {@code 2xx} to {@code 5xx}
   */
  public record Requests(String kind, String status, long count) {}

  /** A database: its documents, and the size of its file in bytes. */
  public record Database(String name, long documents, long bytes) {}

  /**
   * The figures of a hub.
   *
   * @param mostDatabases so many databases have series of their own
   */
  public HubFigures(Supplier<Reading> hub, int mostDatabases) {
    this.hub = hub;
    this.mostDatabases = mostDatabases;
  }

  @Override
  public void fill(Board board) {
    Reading reading = hub.get();
    for (Requests requests : reading.requests()) {
      board
          .counter("jiggety_hub_requests", "Requests that were answered.", "kind", "status")
          .add((double) requests.count(), requests.kind(), requests.status());
    }
    board.gauge("jiggety_hub_feeds", "Clients that listen to changes.").add(reading.feeds());
    board
        .counter("jiggety_hub_logins_refused", "Wrong names and passwords.")
        .add((double) reading.refusedLogins());
    List<Database> all = reading.databases();
    board.gauge("jiggety_hub_databases", "How many databases there are.").add(all.size());
    board
        .gauge("jiggety_hub_databases_cut", "Databases beyond the limit of those with series.")
        .add(Math.max(0, all.size() - mostDatabases));
    for (Database database : all.subList(0, Math.min(all.size(), mostDatabases))) {
      board
          .gauge("jiggety_hub_documents", "Documents that are not deleted.", "database")
          .add((double) database.documents(), database.name());
      board
          .gauge("jiggety_hub_database_bytes", "Size of the database's file.", "database")
          .add((double) database.bytes(), database.name());
    }
    reading
        .certificateEnds()
        .ifPresent(end ->
            board
                .gauge(
                    "jiggety_hub_certificate_ends_timestamp_seconds",
                    "When its certificate ends, in seconds since 1970.")
                .add((double) end.getEpochSecond()));
    NodeFigures.vitals(board, reading.vitals());
  }
}
