package dev.jiggety.agent.hub.behaviour;

import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.hub.HubServer;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.base.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The embedded hub is a CouchDB. */
class EmbeddedBehaviourTest extends BehaviourContract {
  @TempDir static Path folder;
  private static Running open;
  private static Running guarded;

  private record Running(Databases databases, HubServer hub) implements AutoCloseable {
    @Override
    public void close() {
      hub.close();
      databases.close();
    }
  }

  @BeforeAll
  static void start() {
    var limits = HubConfig.Limits.DEFAULT.withPasswordIterations(1_000);
    open = start(HubConfig.loopback(0, folder.resolve("open")));
    guarded =
        start(
            HubConfig.loopback(0, folder.resolve("guarded"))
                .withLimits(limits)
                .withAdmin(ADMIN, Secret.of(PASSWORD)));
  }

  private static Running start(HubConfig config) {
    var databases = Databases.open(config.folder(), Databases.Options.defaults());
    return new Running(databases, HubServer.start(config, databases));
  }

  @AfterAll
  static void stop() {
    open.close();
    guarded.close();
  }

  @Override
  protected URI open() {
    return open.hub.url();
  }

  @Override
  protected URI guarded() {
    return guarded.hub.url();
  }

  @Override
  protected Map<String, String> differences() {
    return Map.of(
        "an account is its owner's",
        "others get 403, where CouchDB says that there is no such document");
  }
}
