package dev.jiggety.agent.enroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.signing.MachinePassword;
import dev.jiggety.signing.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedEnrolmentTest extends EnrolmentContract {
  @TempDir static Path hubFolder;
  private static EmbeddedHub server;

  @BeforeAll
  static void start() {
    server =
        EmbeddedHub.start(
            HubConfig.at("127.0.0.1", 0, hubFolder)
                .withAdmin("root", Secret.of("secret"))
                .withLimits(HubConfig.Limits.DEFAULT.withPasswordIterations(1_000)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  HubAddress address() {
    return as(server.url().toString(), "root", "secret");
  }

  @Test
  void whoGuessesIsLockedOutAndIsToldSo() {
    Token right = token(Duration.ofHours(1));
    for (int i = 0; i < 5; i++) {
      Token guess =
          new Token(
              right.invitation(), MachinePassword.draw(), right.managerKey(), Optional.empty());
      assertThat(NodeSide.isLetIn(guest(guess), HubOptions.DEFAULT)).isFalse();
    }

    assertThatThrownBy(join(right, "paris")::call)
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("waits five minutes");
  }
}
