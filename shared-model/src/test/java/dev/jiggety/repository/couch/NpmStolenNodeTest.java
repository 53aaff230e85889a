package dev.jiggety.repository.couch;

import dev.jiggety.repository.StolenNodeContract;
import dev.jiggety.testing.NpmCouch;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class NpmStolenNodeTest extends StolenNodeContract {
  private NpmCouch couch;

  @Override
  @BeforeAll
  protected void provision() {
    couch = NpmCouch.start("root", "secret");
    super.provision();
  }

  @AfterAll
  void stop() {
    couch.close();
  }

  @Override
  protected URI url() {
    return couch.url();
  }
}
