package dev.jiggety.agent.hub;

import dev.jiggety.base.Secret;
import dev.jiggety.repository.RightsContract;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The product's rules of who may write what hold on the embedded hub as on CouchDB. */
class EmbeddedRightsTest extends RightsContract {
  @TempDir static Path folder;
  private static HubFixture hub;

  @BeforeAll
  static void start() {
    hub =
        new HubFixture(
            folder,
            config -> HubFixture.quickPasswords(config).withAdmin("root", Secret.of("secret")));
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @Override
  protected URI url() {
    return hub.hub.url();
  }
}
