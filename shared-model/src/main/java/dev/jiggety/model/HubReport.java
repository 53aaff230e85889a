package dev.jiggety.model;

import java.time.Instant;

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
 */
public record HubReport(
    String name,
    String version,
    Instant startedAt,
    Instant heartbeatAt,
    int databases,
    long bytes,
    int feeds,
    Vitals vitals) {}
