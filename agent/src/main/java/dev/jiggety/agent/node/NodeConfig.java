package dev.jiggety.agent.node;

import dev.jiggety.agent.probe.SecretFiles;
import dev.jiggety.agent.release.Boot;
import dev.jiggety.agent.worker.WorkerOptions;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.Trust;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a node needs to know. Start from {@link #of}.
 *
 * @param name unique among the nodes of a hub
 * @param tags by which tests choose it
 * @param hubs where the hub is, or several that replicate with each other, the preferred one first;
 *     none need be there when the node starts
 * @param hubOptions how to talk to it
 * @param data the folder for everything that the node keeps; of this node alone
 * @param names what the databases are called
 * @param version of this program, for people
 * @param concurrency how many tests may measure at the same time, at least 1
 * @param flushEvery how long results may wait before they are sent
 * @param heartbeat how often the node reports; up to a third more by chance
 * @param maxOutboxBytes the outbox' file does not grow beyond this; 0 = no limit
 * @param workers how many scripts and pages may be measured at the same time, each in a process of
 *     its own, and what of memory each may take
 * @param trust keys that are believed whatever the configuration says; without a manager's among
 *     them the node keeps to the first one that it sees
 * @param secrets the folder with its secrets; null for systemd's, or that in {@code data}
 * @param succession how another program takes this one's place
 * @param sealing opens the secrets that are sealed to this node; null where it is not enrolled
 */
public record NodeConfig(
    String name,
    NavigableSet<String> tags,
    List<HubAddress> hubs,
    HubOptions hubOptions,
    Path data,
    DatabaseNames names,
    String version,
    int concurrency,
    Duration flushEvery,
    Duration heartbeat,
    long maxOutboxBytes,
    Workers workers,
    Trust trust,
    @Nullable Path secrets,
    Succession succession,
    @Nullable SealingKey sealing) {

  /**
   * How another program takes this one's place.
   *
   * @param boot which program this is
   * @param restart ends this process in order, so that the boot script starts the other one; quick
   * @param healthyAfter how long this one has to run until its start counts as good
   * @param spread over how long the nodes of a wave make way one after the other, so that not all
   *     look away from a site at the same moment; a canary does so at once
   */
  public record Succession(Boot boot, Runnable restart, Duration healthyAfter, Duration spread) {
    static final Succession NONE =
        new Succession(Boot.NONE, () -> {}, Duration.ofSeconds(10), Duration.ZERO);
  }

  /**
   * Limits of worker processes.
   *
   * @param count at least 1
   * @param megabytes of heap, at least 32
   */
  public record Workers(int count, int megabytes) {}

  public NodeConfig {
    hubs = List.copyOf(hubs);
    tags = Collections.unmodifiableNavigableSet(new TreeSet<>(tags));
    if (!Ids.NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\""
              + name
              + "\" cannot be a node's name; use 1 to 64 lower-case letters, digits, dots and"
              + " hyphens");
    }
    if (concurrency < 1 || !flushEvery.isPositive() || !heartbeat.isPositive()) {
      throw new IllegalArgumentException(
          "concurrency, flush interval and heartbeat must be positive");
    }
  }

  /** A node without tags, with what is right for most. */
  public static NodeConfig of(String name, HubAddress hub, Path data) {
    return of(name, List.of(hub), data);
  }

  /** The same with several hubs, the preferred one first. */
  public static NodeConfig of(String name, List<HubAddress> hubs, Path data) {
    return new NodeConfig(
        name,
        new TreeSet<>(),
        hubs,
        HubOptions.DEFAULT,
        data,
        DatabaseNames.DEFAULT,
        "",
        256,
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        0,
        new Workers(Runtime.getRuntime().availableProcessors(), WorkerOptions.USUAL_MEGABYTES),
        Trust.NONE,
        null,
        Succession.NONE,
        null);
  }

  /** The same with these tags. */
  public NodeConfig withTags(Collection<String> more) {
    return with(parts -> parts.tags = new TreeSet<>(more));
  }

  /** The same with other ways to talk to the hub. */
  public NodeConfig withHubOptions(HubOptions options) {
    return with(parts -> parts.hubOptions = options);
  }

  /** The same with other names of the databases. */
  public NodeConfig withNames(DatabaseNames other) {
    return with(parts -> parts.names = other);
  }

  /** The same with the program's version. */
  public NodeConfig withVersion(String text) {
    return with(parts -> parts.version = text);
  }

  /** The same with other limits of worker processes. */
  public NodeConfig withWorkers(Workers limits) {
    return with(parts -> parts.workers = limits);
  }

  /** The same with other times between flushes and reports. */
  public NodeConfig withPace(Duration flush, Duration report) {
    return with(parts -> {
      parts.flushEvery = flush;
      parts.heartbeat = report;
    });
  }

  /** The same, believing these keys. */
  public NodeConfig withTrust(Trust keys) {
    return with(parts -> parts.trust = keys);
  }

  /** The same with its secrets in that folder. */
  public NodeConfig withSecrets(@Nullable Path folder) {
    return with(parts -> parts.secrets = folder);
  }

  /** The same, which makes way for releases of the agent. */
  public NodeConfig withSuccession(Succession other) {
    return with(parts -> parts.succession = other);
  }

  /** The same with the key that opens what is sealed to it. */
  public NodeConfig withSealing(@Nullable SealingKey key) {
    return with(parts -> parts.sealing = key);
  }

  /** Where its secrets are. */
  SecretFiles secretFiles() {
    return SecretFiles.of(secrets, System.getenv(), data);
  }

  private NodeConfig with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.build(this);
  }

  /** What can be changed, while it is. */
  private static final class Parts {
    NavigableSet<String> tags;
    HubOptions hubOptions;
    DatabaseNames names;
    String version;
    Duration flushEvery;
    Duration heartbeat;
    Workers workers;
    Trust trust;
    @Nullable Path secrets;
    Succession succession;
    @Nullable SealingKey sealing;

    Parts(NodeConfig from) {
      tags = from.tags;
      hubOptions = from.hubOptions;
      names = from.names;
      version = from.version;
      flushEvery = from.flushEvery;
      heartbeat = from.heartbeat;
      workers = from.workers;
      trust = from.trust;
      secrets = from.secrets;
      succession = from.succession;
      sealing = from.sealing;
    }

    NodeConfig build(NodeConfig from) {
      return new NodeConfig(
          from.name,
          tags,
          from.hubs,
          hubOptions,
          from.data,
          names,
          version,
          from.concurrency,
          flushEvery,
          heartbeat,
          from.maxOutboxBytes,
          workers,
          trust,
          secrets,
          succession,
          sealing);
    }
  }
}
