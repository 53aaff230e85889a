package dev.jiggety.agent.enroll;

import dev.jiggety.couch.HubAddress;
import dev.jiggety.testing.NpmCouch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class NpmEnrolmentTest extends EnrolmentContract {
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
  HubAddress address() {
    return as(couch.url().toString(), "root", "secret");
  }
}
