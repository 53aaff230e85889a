package dev.jiggety.model;

import java.time.Instant;
import java.util.List;

/**
 * What an embedded hub says of itself. A CouchDB server says nothing of the kind.
 *
 * @param name {@code hub}
 * @param version the agent's version
 * @param startedAt when this process began
 * @param heartbeatAt when it wrote this
 * @param databases how many there are
 * @param bytes what they take on the disk, without their indexes
 * @param feeds clients that listen to changes
 * @param vitals its process and machine
 * @param refusedLogins wrong names and passwords since it began
 * @param access the last things that concern who may do what, the newest last
 */
public record HubReport(
    String name,
    String version,
    Instant startedAt,
    Instant heartbeatAt,
    int databases,
    long bytes,
    int feeds,
    Vitals vitals,
    long refusedLogins,
    List<AccessEvent> access) {
  public HubReport {
    access = List.copyOf(access);
  }

  /** One that has nothing to say of logins and accounts. */
  public HubReport(
      String name,
      String version,
      Instant startedAt,
      Instant heartbeatAt,
      int databases,
      long bytes,
      int feeds,
      Vitals vitals) {
    this(name, version, startedAt, heartbeatAt, databases, bytes, feeds, vitals, 0, List.of());
  }
}
