package dev.jiggety.agent.hub;

import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The product's own client, on LightCouch, finds in the embedded hub all that it wants of a hub.
 */
class EmbeddedHubContractTest extends HubContract {
  @TempDir static Path folder;
  private static HubFixture hub;

  @BeforeAll
  static void start() {
    hub = new HubFixture(folder);
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @Override
  protected HubAddress address() {
    return HubAddress.parse(hub.hub.url().toString(), Optional.empty());
  }
}
