package dev.jiggety.agent.hub;

import dev.jiggety.base.Secret;
import dev.jiggety.repository.StolenNodeContract;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStolenNodeTest extends StolenNodeContract {
  @TempDir static Path folder;
  private HubFixture hub;

  @Override
  @BeforeAll
  protected void provision() {
    hub =
        new HubFixture(
            folder,
            config -> HubFixture.quickPasswords(config).withAdmin("root", Secret.of("secret")));
    super.provision();
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  @Override
  protected URI url() {
    return hub.hub.url();
  }
}
