package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.Databases;
import java.net.URI;

/** The embedded hub as a role: a folder of stores and the HTTP face in front of them. */
public final class EmbeddedHub implements AutoCloseable {
  private final Databases databases;
  private final HubServer server;

  private EmbeddedHub(Databases databases, HubServer server) {
    this.databases = databases;
    this.server = server;
  }

  /**
   * Opens the databases in the config's folder and begins to listen.
   *
   * @throws HubStartException when the port is taken, or the address needs an administrator
   * @throws dev.jiggety.agent.store.StoreException when the folder cannot be used
   */
  public static EmbeddedHub start(HubConfig config) {
    Databases databases = Databases.open(config.folder(), Databases.Options.defaults());
    try {
      return new EmbeddedHub(databases, HubServer.start(config, databases));
    } catch (RuntimeException e) {
      databases.close();
      throw e;
    }
  }

  /** Where it listens, without a slash at the end. */
  public URI url() {
    return server.url();
  }

  /** Ends all feeds, then closes the databases; what was confirmed is on the disk. */
  @Override
  public void close() {
    try (databases) {
      server.close();
    }
  }
}
