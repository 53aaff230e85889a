package dev.jiggety.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself, in its own document. Everybody else judges its freshness by {@code
 * heartbeatAt}.
 *
 * @param name the node's name
 * @param tags its tags
 * @param version the agent's version
 * @param startedAt when this process began
 * @param heartbeatAt when it wrote this
 * @param tests how many tests it runs
 * @param backlog results that are durable on the node and not yet on the hub, in runs
 * @param quarantined documents that the hub refused
 * @param lateness p99 start lateness over the last minutes; null before the first run
 * @param clockOffset the hub's clock minus the node's, from HTTP dates, after some answers to a few
 *     hundredths of a second; null when not known
 * @param configAt when it last heard from the hub that its configuration is current; null never
 * @param slots its two slots; null as long as it knows nothing of them
 * @param oldestUnsent when the oldest result was made that the hub does not have; null for none
 * @param lost results that had to be given up since it began
 * @param vitals its process and machine; null where it does not say
 * @param instance drawn at random when this process began; empty where it does not say. Two that
 *     take turns under one name are two processes, see {@code model.rules.Instances}
 */
public record NodeStatus(
    String name,
    NavigableSet<String> tags,
    String version,
    Instant startedAt,
    Instant heartbeatAt,
    int tests,
    long backlog,
    long quarantined,
    @Nullable Duration lateness,
    @Nullable Duration clockOffset,
    @Nullable Instant configAt,
    @Nullable SlotReport slots,
    @Nullable Instant oldestUnsent,
    long lost,
    @Nullable Vitals vitals,
    String instance) {

  /** A node that does not say which process it is. */
  public NodeStatus(
      String name,
      NavigableSet<String> tags,
      String version,
      Instant startedAt,
      Instant heartbeatAt,
      int tests,
      long backlog,
      long quarantined,
      @Nullable Duration lateness,
      @Nullable Duration clockOffset,
      @Nullable Instant configAt,
      @Nullable SlotReport slots,
      @Nullable Instant oldestUnsent,
      long lost,
      @Nullable Vitals vitals) {
    this(
        name,
        tags,
        version,
        startedAt,
        heartbeatAt,
        tests,
        backlog,
        quarantined,
        lateness,
        clockOffset,
        configAt,
        slots,
        oldestUnsent,
        lost,
        vitals,
        "");
  }

  /** A node that says nothing of its machine. */
  public NodeStatus(
      String name,
      NavigableSet<String> tags,
      String version,
      Instant startedAt,
      Instant heartbeatAt,
      int tests,
      long backlog,
      long quarantined,
      @Nullable Duration lateness,
      @Nullable Duration clockOffset,
      @Nullable Instant configAt,
      @Nullable SlotReport slots) {
    this(
        name,
        tags,
        version,
        startedAt,
        heartbeatAt,
        tests,
        backlog,
        quarantined,
        lateness,
        clockOffset,
        configAt,
        slots,
        null,
        0,
        null);
  }

  public NodeStatus {
    tags = Collections.unmodifiableNavigableSet(new TreeSet<>(tags));
  }
}
