package dev.jiggety.agent.hub;

import dev.jiggety.couch.HubAddress;
import dev.jiggety.repository.EnrolmentRepositoryContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Members and invitations are on the embedded hub what is promised. */
class EmbeddedEnrolmentRepositoryTest extends EnrolmentRepositoryContract {
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
