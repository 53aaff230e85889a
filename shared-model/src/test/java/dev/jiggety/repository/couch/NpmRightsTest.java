package dev.jiggety.repository.couch;

import dev.jiggety.repository.RightsContract;
import dev.jiggety.testing.NpmCouch;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class NpmRightsTest extends RightsContract {
  private static NpmCouch couch;

  @BeforeAll
  static void start() {
    couch = NpmCouch.start("root", "secret");
  }

  @AfterAll
  static void stop() {
    couch.close();
  }

  @Override
  protected URI url() {
    return couch.url();
  }
}
