package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.Databases;
import java.net.URI;
import java.time.Duration;

/**
 * The embedded hub as a role: a folder of stores, the HTTP face in front of them, and what keeps
 * the folder small.
 */
public final class EmbeddedHub implements AutoCloseable {
  private static final Duration COMPACTION = Duration.ofHours(1);

  private final Databases databases;
  private final HubServer server;
  private final Compactor compactor;
  private final HubHealth health;

  private EmbeddedHub(
      HubConfig config, Databases databases, HubServer server, Duration compaction) {
    this.databases = databases;
    this.server = server;
    this.compactor = Compactor.start(databases, compaction, server::cleanUpViews);
    this.health = new HubHealth(databases, server, config.folder(), config.clock());
    health.start();
  }

  /**
   * Opens the databases in the config's folder and begins to listen.
   *
   * @throws HubStartException when the port is taken, or the address needs an administrator
   * @throws dev.jiggety.agent.store.StoreException when the folder cannot be used
   */
  public static EmbeddedHub start(HubConfig config) {
    return start(config, COMPACTION);
  }

  /** The same with another time between two compactions. */
  static EmbeddedHub start(HubConfig config, Duration compaction) {
    Databases databases = Databases.open(config.folder(), Databases.Options.defaults());
    try {
      return new EmbeddedHub(config, databases, HubServer.start(config, databases), compaction);
    } catch (RuntimeException e) {
      databases.close();
      throw e;
    }
  }

  /** Where it listens, with a slash at the end. */
  public URI url() {
    return server.url();
  }

  /** Carries a task out as it would a request, which also reaches the databases. */
  public void execute(Runnable task) {
    server.execute(() -> {
      databases.list();
      task.run();
    });
  }

  /** How it is. */
  public HubStatus status() {
    return health.status();
  }

  /** Ends all feeds, then closes the databases; what was confirmed is on the disk. */
  @Override
  public void close() {
    try (databases;
        compactor;
        health) {
      server.close();
    }
  }
}
