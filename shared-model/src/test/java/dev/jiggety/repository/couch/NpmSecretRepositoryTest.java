package dev.jiggety.repository.couch;

import dev.jiggety.couch.HubAddress;
import dev.jiggety.repository.SecretRepositoryContract;
import dev.jiggety.testing.NpmCouch;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class NpmSecretRepositoryTest extends SecretRepositoryContract {
  private static NpmCouch couch;

  @BeforeAll
  static void start() {
    couch = NpmCouch.start();
  }

  @AfterAll
  static void stop() {
    couch.close();
  }

  @Override
  protected HubAddress address() {
    return HubAddress.parse(couch.url().toString(), Optional.empty());
  }
}
