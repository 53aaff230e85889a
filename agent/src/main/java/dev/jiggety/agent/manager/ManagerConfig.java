package dev.jiggety.agent.manager;

import dev.jiggety.agent.queue.QueueConfig;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.TrustedKey;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * What a manager needs to know. Start from {@link #of}.
 *
 * @param name whose key it makes where there is none yet, like {@code m1}
 * @param hubs where the hub is, or several that replicate with each other, the preferred one first;
 *     none need be there when the manager starts
 * @param hubOptions how to talk to it
 * @param names what the databases are called
 * @param data the folder for everything that the manager keeps; of this manager alone
 * @param keyFile its private key; made at the first start
 * @param queue where the line of patches is kept
 * @param trusted operators, and other managers, whom the first head of an installation believes;
 *     without effect once this manager has believed a head
 * @param acceptedHead the version of a head that is taken although a newer one was there; 0 for
 *     none
 */
public record ManagerConfig(
    String name,
    List<HubAddress> hubs,
    HubOptions hubOptions,
    DatabaseNames names,
    Path data,
    Path keyFile,
    QueueConfig queue,
    List<TrustedKey> trusted,
    long acceptedHead) {

  public ManagerConfig {
    trusted = List.copyOf(trusted);
    hubs = List.copyOf(hubs);
  }

  /** A manager with its own broker and its key in its folder, which trusts nobody yet. */
  public static ManagerConfig of(String name, HubAddress hub, Path data) {
    return of(name, List.of(hub), data);
  }

  /** The same with several hubs, the preferred one first. */
  public static ManagerConfig of(String name, List<HubAddress> hubs, Path data) {
    return new ManagerConfig(
        name,
        hubs,
        HubOptions.DEFAULT,
        DatabaseNames.DEFAULT,
        data,
        data.resolve("manager.key"),
        QueueConfig.embedded(data.resolve("queue")),
        List.of(),
        0);
  }

  /** The same with a line of patches elsewhere. */
  public ManagerConfig withQueue(QueueConfig other) {
    return new ManagerConfig(
        name, hubs, hubOptions, names, data, keyFile, other, trusted, acceptedHead);
  }

  /** The same with other names of the databases. */
  public ManagerConfig withNames(DatabaseNames other) {
    return new ManagerConfig(
        name, hubs, hubOptions, other, data, keyFile, queue, trusted, acceptedHead);
  }

  /** The same with other ways to talk to the hub. */
  public ManagerConfig withHubOptions(HubOptions options) {
    return new ManagerConfig(
        name, hubs, options, names, data, keyFile, queue, trusted, acceptedHead);
  }

  /** The same with its private key in another file. */
  public ManagerConfig withKeyFile(Path file) {
    return new ManagerConfig(
        name, hubs, hubOptions, names, data, file, queue, trusted, acceptedHead);
  }

  /** The same with these keys for the first head. */
  public ManagerConfig withTrusted(Collection<TrustedKey> keys) {
    return new ManagerConfig(
        name, hubs, hubOptions, names, data, keyFile, queue, List.copyOf(keys), acceptedHead);
  }

  /** The same, which goes on from a head of that version although a newer one was there. */
  public ManagerConfig withAcceptedHead(long version) {
    return new ManagerConfig(name, hubs, hubOptions, names, data, keyFile, queue, trusted, version);
  }
}
