package dev.jiggety.couch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.testing.NpmCouch;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NpmHubTest extends HubContract {
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

  @Test
  void aWrongPasswordIsRefusedAndTheRightOneIsNot() {
    try (NpmCouch guarded = NpmCouch.start("ada", "a:b ü");
        Hub right = open(guarded, "a:b ü");
        Hub wrong = open(guarded, "guess")) {
      assertThat(right.database("shop").create().isOk()).isTrue();
      assertThat(wrong.session())
          .isInstanceOfSatisfying(
              Outcome.Refused.class, refused -> assertThat(refused.isUnauthorized()).isTrue());
    }
  }

  @Test
  void aHubThatGoesAwayComesBack() {
    try (NpmCouch restarted = NpmCouch.start();
        Hub hub =
            Hub.open(
                HubAddress.parse(restarted.url().toString(), Optional.empty()),
                HubOptions.DEFAULT)) {
      assertThat(hub.welcome().isOk()).isTrue();
      restarted.kill();
      assertThat(hub.welcome()).isInstanceOf(Outcome.Unavailable.class);
      restarted.restart();
      assertThat(hub.welcome().isOk()).isTrue();
    }
  }

  private static Hub open(NpmCouch couch, String password) {
    return Hub.open(
        HubAddress.parse(couch.url().toString(), Optional.of(Credentials.of("ada", password))),
        HubOptions.DEFAULT);
  }
}
